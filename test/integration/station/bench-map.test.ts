import assert from 'node:assert/strict';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import * as v from 'valibot';
import { ReportModel } from '../../../contract/schema/report.ts';
import { provisionUnit } from '../../../simulator/provision.ts';
import { demoPki, signedImage, VirtualDepot } from '../../helpers/virtual-depot.ts';

const audited = async (depot: VirtualDepot, type: 'bench.changed' | 'device.clone-seen' | 'operation.refused') =>
  await depot.call('auditor', 'audit.list', { before: null, type, outcome: null, limit: 50 });

/** Plugs in a second unit with the serial of another one. */
function plugClone(depot: VirtualDepot, position: string): void {
  const order = { serial: 'VU-0001', imagePublicKey: demoPki.imagePublicKey, factoryImage: signedImage(1) };
  depot.bench.bus.plug(position, provisionUnit(order, depot.clock));
}

async function exportReport(depot: VirtualDepot, jobId: string): Promise<ReportModel> {
  const folder = join(depot.folder, `report-${jobId}`);
  mkdirSync(folder);
  const { files } = await depot.call('auditor', 'report.export', { jobId, folder, paper: 'A4' });
  const json = files.find(({ name }) => name.endsWith('.json'));
  return v.parse(ReportModel, JSON.parse(readFileSync(join(folder, json?.name ?? ''), 'utf8')));
}

test('REQ-OTA-OPR-02 who works at the bench or runs the station names its places; who approves or audits only reads them', async (t) => {
  const depot = await VirtualDepot.set(t);
  const name = { position: '1-1', name: 'Left' };
  for (const who of ['approver', 'auditor']) {
    for (const [operation, input] of [
      ['bench.name', name],
      ['bench.learn', { number: 1, position: '1-1', name: null }],
      ['bench.forget', { position: '1-1' }],
      ['bench.move', { from: '1-1', to: '1-2' }],
    ] as const) {
      const refused = await depot.refusal(who, operation, input);
      assert.equal(refused.code, 'station.permission-denied', `${who} ${operation}`);
    }
    await depot.call(who, 'bench.show', {});
  }
  await depot.call('technician', 'bench.name', name);
  await depot.call('administrator', 'bench.name', { ...name, name: 'Far left' });
  assert.equal((await depot.refusal(null, 'bench.show', {})).code, 'station.not-logged-in');
  const [last, first] = await audited(depot, 'bench.changed');
  assert.deepEqual(
    [first, last].map((event) => event?.actor.kind === 'operator' && event.actor.username),
    ['technician', 'administrator'],
  );
  assert.deepEqual(last?.data, {
    change: 'named',
    before: [{ position: '1-1', name: 'Left', number: null }],
    after: [{ position: '1-1', name: 'Far left', number: null }],
  });
});

test('REQ-OTA-USB-03 the map survives a restart and re-enumeration, and a job is started, shown and reported by the place', async (t) => {
  const depot = await VirtualDepot.set(t);
  await depot.call('technician', 'bench.learn', { number: 3, position: '1-1', name: 'Bench 3 left' });
  await depot.restart();
  const place = { name: 'Bench 3 left', number: 3 };
  const digest = await depot.approved();
  const job = await depot.update(digest, '3');
  assert.equal(job.state, 'confirmed', String(job.reason));
  assert.deepEqual([job.position, job.place, job.clones], ['1-1', place, []]);
  const [unit] = await depot.call('auditor', 'device.list', {});
  assert.deepEqual([unit?.position, unit?.place, unit?.access], ['1-1', place, 'ok']);
  assert.equal((await depot.call('technician', 'device.read', { position: 'bench 3 LEFT' })).serial, 'VU-0001');

  // The paper says what the place was called then, not what it is called now.
  await depot.call('technician', 'bench.name', { position: '3', name: 'Bench 4' });
  const report = await exportReport(depot, job.id);
  assert.deepEqual([report.job.position, report.job.place], ['1-1', place]);
});

test('REQ-OTA-USB-03 refusals of jobs and units name the place beside the port path; an unknown place is refused', async (t) => {
  const depot = await VirtualDepot.set(t);
  await depot.call('technician', 'bench.name', { position: '1-1', name: 'Left' });
  await depot.call('technician', 'bench.name', { position: '1-7', name: 'Empty' });
  assert.match(
    (await depot.refusal('technician', 'device.read', { position: 'empty' })).reason,
    /at position Empty \(1-7\)/,
  );
  for (const position of ['Right', '5'])
    assert.equal((await depot.refusal('technician', 'device.read', { position })).code, 'device.place-unknown');
  const digest = await depot.approved();
  const restarted = depot.atFirstProgress(() => depot.restart());
  const open = await depot.update(digest, 'left');
  await restarted();
  assert.equal(open.state, 'staging');
  const start = { bundleDigest: digest, kind: 'install', workOrder: 'WO-1', assetTag: null, udi: null } as const;
  const busy = await depot.refusal('technician', 'update.start', { ...start, position: 'Left' });
  assert.equal(busy.code, 'update.position-busy');
  assert.match(busy.reason, /Position Left \(1-1\) is held by job/);
  assert.equal(
    (await depot.refusal('technician', 'update.start', { ...start, position: 'Right' })).code,
    'device.place-unknown',
  );
  const held = await depot.refusal('technician', 'bench.move', { from: '1-1', to: '1-5' });
  assert.equal(held.code, 'device.place-held');
  // Whoever imports by a place that is none is told so, where the unit would be read.
  const unknown = await audited(depot, 'operation.refused');
  assert.ok(unknown.some(({ code }) => code === 'device.place-unknown'));
});

test('REQ-OTA-USB-03 REQ-OTA-VER-02 clones are updated each at its own position; list, audit log and report say so', async (t) => {
  const depot = await VirtualDepot.set(t, [{}, {}]);
  plugClone(depot, '1-3');
  const units = await depot.call('technician', 'device.list', {});
  assert.deepEqual(
    units.map(({ position, clones }) => [position, clones]),
    [
      ['1-1', ['1-3']],
      ['1-2', []],
      ['1-3', ['1-1']],
    ],
  );
  const digest = await depot.approved();
  const first = await depot.update(digest, '1-1');
  const other = await depot.update(digest, '1-2');
  // The history is the serial's, so it speaks for both. The clone readably runs an older image: it is brought up to the history,
  // which is the same version again for it as little as for its twin, and never below it.
  const twin = await depot.update(digest, '1-3');
  const same = await depot.update(digest, '1-3');
  const newer = await depot.approved({
    images: [{ bytes: signedImage(3), entry: { version: 3 } }],
  });
  const clone = await depot.update(newer, '1-3');
  const back = await depot.update(digest, '1-1');
  const below = await depot.update(digest, '1-3');
  assert.deepEqual(
    [first, other, twin, same, clone, back, below].map(({ position, state, code, serial, clones }) => [
      position,
      state,
      code,
      serial,
      clones,
    ]),
    [
      ['1-1', 'confirmed', null, 'VU-0001', ['1-3']],
      ['1-2', 'confirmed', null, 'VU-0002', []],
      ['1-3', 'confirmed', null, 'VU-0001', ['1-1']],
      ['1-3', 'refused', 'policy.same-version', 'VU-0001', ['1-1']],
      ['1-3', 'confirmed', null, 'VU-0001', ['1-1']],
      ['1-1', 'refused', 'policy.downgrade-history', 'VU-0001', ['1-3']],
      ['1-3', 'refused', 'policy.downgrade', 'VU-0001', ['1-1']],
    ],
  );
  const basis = twin.checks.find(({ name }) => name === 'anti-rollback')?.detail;
  assert.equal(basis, 'From security counter 1 to 2: an upgrade to what was confirmed on this serial number before.');
  const [at11] = (await depot.call('technician', 'device.read', { position: '1-1' })).slots;
  assert.equal(at11?.counter, 2, 'the unit at the other position was left alone');
  const events = await audited(depot, 'device.clone-seen');
  assert.deepEqual(
    events.map(({ subject, data }) => [subject.job, data['position'], data['clones']]),
    [
      [below.id, '1-3', ['1-1']],
      [back.id, '1-1', ['1-3']],
      [clone.id, '1-3', ['1-1']],
      [same.id, '1-3', ['1-1']],
      [twin.id, '1-3', ['1-1']],
      [first.id, '1-1', ['1-3']],
    ],
  );
  const report = await exportReport(depot, first.id);
  assert.deepEqual(report.job.clones, ['1-3']);
  assert.ok(report.log.events.some(({ leaf }) => leaf.includes('"device.clone-seen"')));
});

test('REQ-OTA-USB-03 a hub that hangs on another port is noticed, and its places move with it', async (t) => {
  const depot = await VirtualDepot.set(t, [{ position: '1-2.1' }, { position: '1-2.4' }]);
  await depot.call('technician', 'bench.learn', { number: 1, position: '1-2.1', name: null });
  await depot.call('technician', 'bench.learn', { number: 2, position: '1-2.4', name: null });
  assert.equal((await depot.call('technician', 'bench.show', {})).moved, null);
  for (const tail of ['1', '4']) depot.bench.bus.plug(`1-3.${tail}`, depot.bench.bus.unplug(`1-2.${tail}`));
  const { moved } = await depot.call('technician', 'bench.show', {});
  assert.deepEqual([moved?.from, moved?.to], ['1-2', '1-3']);
  await depot.call('technician', 'bench.move', { from: '1-2', to: '1-3' });
  const after = await depot.call('technician', 'bench.show', {});
  assert.equal(after.moved, null);
  assert.deepEqual(
    after.places.map(({ number, position }) => [number, position]),
    [
      [1, '1-3.1'],
      [2, '1-3.4'],
    ],
  );
});
