import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { verifyReport } from '../../../core/report/verifier/verify-report.ts';
import { signedImage, VirtualDepot } from '../../helpers/virtual-depot.ts';

const day = '2026-11-22';

function verify(folder: string, id: string, trustedStationKey: string) {
  const read = (kind: string) => readFileSync(join(folder, `${id}.${kind}`));
  return verifyReport({
    jsonBytes: read('json'),
    signature: read('json.sig'),
    pdf: { pdfBytes: read('pdf'), pdfSignature: read('pdf.sig') },
    csv: { csvBytes: read('csv'), csvSignature: read('csv.sig') },
    trustedStationKey,
  });
}

test('REQ-OTA-RPT-01 REQ-OTA-RPT-02 a period of jobs that went well, badly and nowhere is reported, and verifies without the station', async (t) => {
  const depot = await VirtualDepot.set(t, [{}, {}, {}]);
  const folder = join(depot.folder, 'out');
  mkdirSync(folder);
  const first = await depot.approved();
  assert.equal((await depot.update(first, '1-1')).state, 'confirmed');
  // The same bundle under a newer signature: each job stands on the import that it verified.
  depot.clock.advance(60_000);
  await depot.call('administrator', 'bundle.import', { path: depot.bundle() });
  assert.equal((await depot.update(first, '1-2')).state, 'confirmed');
  assert.equal((await depot.update(first, '1-1')).state, 'refused', 'it runs that version already');
  const second = await depot.approved({ images: [{ bytes: signedImage(3), entry: { version: 3 } }] });
  assert.equal((await depot.update(second, '1-3')).state, 'confirmed');

  const asked = { firstDay: day, lastDay: day, folder, paper: 'A4' } as const;
  const { files, id, jobs, stationKeySha256 } = await depot.call('auditor', 'report.period', asked);
  assert.equal(jobs, 4);
  assert.equal(files.length, 7);
  assert.match(id, /^DR-TRAINING-jobs-20261122-20261122-/);
  const { checks, result } = verify(folder, id, stationKeySha256);
  assert.ok(result.ok, result.ok ? '' : result.reason);
  assert.ok(checks.every(({ status }) => status === 'passed'));
  assert.match(readFileSync(join(folder, `${id}.csv`), 'utf8'), /,refused,install,/);

  const [job] = await depot.call('auditor', 'update.list', { serial: null, openOnly: false, before: null, limit: 1 });
  assert.ok(job);
  await depot.call('auditor', 'report.export', { jobId: job.id, folder, paper: 'A4' });
  const records = await depot.call('auditor', 'report.list', { before: null, limit: 10 });
  assert.deepEqual(
    records.map(({ jobId, kind, period }) => [kind, jobId, period]),
    [
      ['job', job.id, null],
      ['period', null, { firstDay: day, lastDay: day }],
    ],
  );
  const older = await depot.call('auditor', 'report.list', { before: records[0]?.seq ?? 0, limit: 10 });
  assert.deepEqual(older, records.slice(1));
});

test('REQ-OTA-RPT-01 a period has the jobs that began in it, and those of training and of real units never together', async (t) => {
  const depot = await VirtualDepot.set(t);
  const folder = join(depot.folder, 'out');
  mkdirSync(folder);
  await depot.update(await depot.approved());
  const ask = (firstDay: string, lastDay: string) =>
    depot.call('auditor', 'report.period', { firstDay, lastDay, folder, paper: 'Letter' });
  assert.equal((await ask('2026-11-01', '2026-11-21')).jobs, 0);
  assert.equal((await ask(day, '2026-12-31')).jobs, 1);

  await depot.restart({ training: false });
  depot.clock.advance(1000);
  const real = await ask(day, day);
  assert.equal(real.jobs, 0);
  assert.match(real.id, /^DR-jobs-/);
});

test('REQ-OTA-RPT-01 a period that ends before it begins, or has not begun, is refused and nothing is written', async (t) => {
  const depot = await VirtualDepot.set(t);
  const folder = join(depot.folder, 'out');
  mkdirSync(folder);
  for (const [firstDay, lastDay] of [
    ['2026-11-22', '2026-11-21'],
    ['2026-11-23', '2026-11-30'],
  ] as const) {
    const refused = await depot.refusal('auditor', 'report.period', { firstDay, lastDay, folder, paper: 'A4' });
    assert.equal(refused.code, 'report.period-invalid');
  }
  const impossible = { firstDay: '2026-02-30', lastDay: '2026-11-30', folder, paper: 'A4' } as const;
  assert.equal((await depot.refusal('auditor', 'report.period', impossible)).code, 'station.input-invalid');
  assert.deepEqual(readdirSync(folder), []);
});
