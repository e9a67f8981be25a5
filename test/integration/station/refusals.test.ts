import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStation } from '../../../core/station.ts';
import { demoPki, password, signedImage, VirtualDepot } from '../../helpers/virtual-depot.ts';

async function lastEvent(depot: VirtualDepot) {
  const [event] = await depot.call('auditor', 'audit.list', { before: null, type: null, outcome: null, limit: 1 });
  assert.ok(event);
  return event;
}

function storedFiles(depot: VirtualDepot): string[] {
  const data = join(depot.folder, 'data');
  return ['store', 'quarantine'].flatMap((folder) => readdirSync(join(data, folder)));
}

test('REQ-OTA-MAN-02 REQ-OTA-MAN-03 a tampered image is refused, named, audited, and leaves nothing', async (t) => {
  const depot = await VirtualDepot.set(t);
  const path = depot.bundle();
  const bytes = readFileSync(path);
  const at = bytes.indexOf('DRYDOCK1') + 200;
  bytes.writeUInt8((bytes[at] ?? 0) ^ 1, at);
  writeFileSync(path, bytes);
  const refusal = await depot.refusal('administrator', 'bundle.import', { path });
  assert.ok(['bundle.archive-crc', 'bundle.image-hash'].includes(refusal.code), refusal.code);
  assert.deepEqual(storedFiles(depot), []);
  const event = await lastEvent(depot);
  assert.deepEqual([event.type, event.outcome, event.code], ['bundle.imported', 'refused', refusal.code]);
});

test('REQ-OTA-SIG-02 a bundle signed under a root that is not pinned is refused', async (t) => {
  const depot = await VirtualDepot.set(t);
  const refusal = await depot.refusal('administrator', 'bundle.import', {
    path: depot.bundle({ signer: demoPki.stranger }),
  });
  assert.equal(refusal.code, 'trust.no-path');
  assert.deepEqual(storedFiles(depot), []);
});

test('REQ-OTA-VER-01 a downgrade is refused at preflight, with the version read from the unit', async (t) => {
  const depot = await VirtualDepot.set(t, [{ factoryImage: signedImage(5) }]);
  const job = await depot.update(await depot.approved());
  assert.deepEqual([job.state, job.code, job.versionBefore], ['refused', 'policy.downgrade', 5]);
  assert.equal(job.checks.at(-1)?.name, 'anti-rollback');
});

test('REQ-OTA-VER-02 a unit that was wiped cannot be used for a downgrade: its history counts', async (t) => {
  const depot = await VirtualDepot.set(t);
  const version3 = await depot.approved({ images: [{ bytes: signedImage(3), entry: { version: 3 } }] });
  assert.equal((await depot.update(version3)).state, 'confirmed');
  depot.bench.unit('VU-0001').arm({ kind: 'false-version', version: '1.0.0+0', counter: 1 });
  const job = await depot.update(await depot.approved());
  assert.deepEqual([job.state, job.code], ['refused', 'policy.downgrade-history']);
});

test('REQ-OTA-MAN-02 an image for other hardware is refused at preflight', async (t) => {
  const depot = await VirtualDepot.set(t);
  const job = await depot.update(
    await depot.approved({ images: [{ bytes: signedImage(2), entry: { compat: ['vu-b'] } }] }),
  );
  assert.deepEqual([job.state, job.code], ['refused', 'update.not-compatible']);
});

test('REQ-OTA-POL-01 without the approval that the policy requires nothing is installed', async (t) => {
  const depot = await VirtualDepot.set(t);
  const { bundle } = await depot.call('administrator', 'bundle.import', { path: depot.bundle() });
  const job = await depot.update(bundle.digest);
  assert.deepEqual([job.state, job.code], ['refused', 'policy.approvals-missing']);
});

test('REQ-OTA-POL-01 an approval that has expired by the time of the update does not count', async (t) => {
  const depot = await VirtualDepot.set(t);
  const digest = await depot.approved();
  depot.clock.advance(73 * 3_600_000);
  await depot.acceptClock();
  await depot.login('technician');
  const job = await depot.update(digest);
  assert.equal(job.code, 'policy.approvals-missing');
  assert.match(job.reason ?? '', /expired/);
});

test('REQ-OTA-POL-02 an approval needs the password again', async (t) => {
  const depot = await VirtualDepot.set(t);
  const { bundle } = await depot.call('administrator', 'bundle.import', { path: depot.bundle() });
  const request = {
    kind: 'install',
    bundleDigest: bundle.digest,
    product: 'drydock.virtual-unit',
    scope: { serials: '*', workOrder: null },
    meaning: 'Approved',
    reasonCode: null,
    downgrade: null,
  } as const;
  const refusal = await depot.refusal('approver', 'approval.sign', { request, password: `${password}!` });
  assert.equal(refusal.code, 'operator.password-wrong');
  assert.deepEqual(await depot.call('auditor', 'approval.list', { bundleDigest: bundle.digest }), []);
});

test('REQ-OTA-OPR-02 REQ-OTA-POL-03 an operation beyond an operator’s roles is refused in the core and audited', async (t) => {
  const depot = await VirtualDepot.set(t);
  for (const who of ['administrator', 'approver', 'auditor'] as const) {
    const refusal = await depot.refusal(who, 'update.start', {
      position: '1-1',
      bundleDigest: '0'.repeat(64),
      kind: 'install',
      workOrder: 'WO-1',
      assetTag: null,
      udi: null,
    });
    assert.equal(refusal.code, 'station.permission-denied');
    const event = await lastEvent(depot);
    assert.deepEqual(
      [event.type, event.code, event.data['operation']],
      ['operation.refused', 'station.permission-denied', 'update.start'],
    );
  }
});

test('REQ-OTA-AUD-03 REQ-OTA-POL-03 a malformed input is refused by its field and never repeated in the log', async (t) => {
  const depot = await VirtualDepot.set(t);
  const answer = await depot.station.call(
    'session.login',
    { username: 'technician', password: 'hunter2hunter2hunter2', extra: 1 },
    null,
  );
  assert.ok(!answer.ok);
  assert.equal(answer.code, 'station.input-invalid');
  const log = JSON.stringify(
    await depot.call('auditor', 'audit.list', { before: null, type: null, outcome: null, limit: 500 }),
  );
  assert.doesNotMatch(log, /hunter2/);
  assert.doesNotMatch(log, new RegExp(password));
});

test('a second station process on the same data folder is refused', async (t) => {
  const depot = await VirtualDepot.set(t);
  const second = openStation({ ...depot.options, create: false });
  assert.ok(!second.ok);
  assert.equal(second.code, 'station.in-use');
});

test('a folder without a station is refused, and nothing is made there', async (t) => {
  const depot = await VirtualDepot.set(t);
  const dataFolder = join(depot.folder, 'elsewhere');
  const opened = openStation({ ...depot.options, dataFolder, create: false });
  assert.ok(!opened.ok);
  assert.equal(opened.code, 'station.not-initialised');
  assert.ok(!readdirSync(depot.folder).includes('elsewhere'));
});

test('REQ-OTA-OPR-01 a station can be set up once, and has no default password', async (t) => {
  const depot = await VirtualDepot.set(t);
  const administrator = { username: 'intruder', printedName: 'Ian Intruder', password };
  const refusal = await depot.refusal(null, 'station.initialise', { name: 'Mine now', administrator });
  assert.equal(refusal.code, 'station.already-initialised');
});
