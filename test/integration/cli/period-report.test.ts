import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CliBench } from './cli-bench.ts';

test('REQ-OTA-RPT-02 the report of a period is written, listed and verified from the command line; a changed table is found', async (t) => {
  const bench = await CliBench.set(t);
  const out = join(bench.folder, 'out');
  const today = new Date().toISOString().slice(0, 10);
  bench.logIn('otto');
  assert.match((await bench.run(['report', 'list'])).out, /No report was written yet/);
  const written = await bench.run(['report', 'period', '2026-01-01', today, '--out', out]);
  assert.equal(written.code, 0, written.err);
  const json = readdirSync(out).find((name) => name.endsWith('.json')) ?? '';
  assert.match(json, /^DR-TRAINING-jobs-20260101-/);
  assert.match((await bench.run(['report', 'list'])).out, new RegExp(`${json.replace('.json', '')} {2}otto`));
  assert.equal((await bench.run(['report', 'period', '2026-02-30', today])).code, 2);

  const verify = ['verify-report', join(out, json), '--station-key', join(out, 'station.pub.pem')];
  const verified = await bench.run(verify);
  assert.equal(verified.code, 0, verified.out + verified.err);
  assert.match(verified.out, /✓ csv[^]*genuine/);
  const csv = join(out, json.replace('.json', '.csv'));
  writeFileSync(csv, readFileSync(csv, 'utf8').replace('began_utc', 'began'));
  const changed = await bench.run(verify);
  assert.equal(changed.code, 6);
  assert.match(changed.out, /✗ csv/);
});
