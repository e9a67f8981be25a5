import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { VirtualDepot } from '../../helpers/virtual-depot.ts';

/** A depot with the report of one job; `path` is its JSON. */
async function withReport(t: TestContext): Promise<{ depot: VirtualDepot; path: string; key: string }> {
  const depot = await VirtualDepot.set(t);
  const { id: jobId } = await depot.update(await depot.approved());
  const folder = join(depot.folder, 'report');
  mkdirSync(folder);
  const { files, stationKeySha256 } = await depot.call('auditor', 'report.export', { jobId, folder, paper: 'A4' });
  const json = files.find(({ name }) => name.endsWith('.json'));
  assert.ok(json);
  return { depot, path: join(folder, json.name), key: stationKeySha256 };
}

test('REQ-OTA-RPT-02 the station verifies a report with everything that lies beside it, against its own key or one that is given', async (t) => {
  const { depot, path, key } = await withReport(t);
  const own = await depot.call('auditor', 'report.verify', { path, stationKey: null });
  assert.equal(own.refusal, null);
  assert.deepEqual([own.verdict?.stationKeyTrusted, own.verdict?.training], [true, true]);
  assert.deepEqual(
    own.checks.filter(({ status }) => status !== 'passed'),
    [],
  );
  const given = key.toUpperCase().replaceAll(/(.{4})(?=.)/g, '$1 ');
  assert.deepEqual(await depot.call('technician', 'report.verify', { path, stationKey: given }), own);

  const other = await depot.call('auditor', 'report.verify', { path, stationKey: '0'.repeat(64) });
  assert.deepEqual([other.verdict, other.refusal?.code], [null, 'report.key-not-trusted']);

  // Paper that is not there is not checked; paper that was changed fails, and every other check is still told.
  const pdf = path.replace(/json$/, 'pdf');
  const bytes = readFileSync(pdf);
  writeFileSync(pdf, Buffer.concat([bytes, Buffer.from('\n')]));
  const changed = await depot.call('auditor', 'report.verify', { path, stationKey: null });
  assert.deepEqual([changed.verdict, changed.refusal?.code], [null, 'report.pdf-invalid']);
  assert.equal(changed.checks.length, own.checks.length);
  rmSync(pdf);
  const without = await depot.call('auditor', 'report.verify', { path, stationKey: null });
  assert.equal(without.refusal, null);
  assert.equal(without.checks.find(({ name }) => name === 'pdf')?.status, 'not-done');
});

test('REQ-OTA-RPT-02 a report that was changed is an answer with the check that failed; files that are missing or no report are told', async (t) => {
  const { depot, path } = await withReport(t);
  const text = readFileSync(path, 'utf8');
  writeFileSync(path, text.replace('WO-2026-0815', 'WO-2026-0816'));
  const changed = await depot.call('auditor', 'report.verify', { path, stationKey: null });
  assert.deepEqual([changed.verdict, changed.refusal?.code], [null, 'report.signature-invalid']);

  writeFileSync(path, '{"format":"something else"}');
  const foreign = await depot.call('auditor', 'report.verify', { path, stationKey: null });
  assert.equal(foreign.refusal?.code, 'report.schema-invalid');

  rmSync(`${path}.sig`);
  const unsigned = await depot.refusal('auditor', 'report.verify', { path, stationKey: null });
  assert.equal(unsigned.code, 'station.file-unreadable');
  assert.match(unsigned.reason, /signature that lies beside DR-[^/]+\.json as DR-[^/]+\.json\.sig cannot be read/);
  rmSync(path);
  const gone = await depot.refusal('auditor', 'report.verify', { path, stationKey: null });
  assert.match(gone.reason, /The report cannot be read/);
});
