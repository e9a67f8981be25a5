import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { CliBench } from './cli-bench.ts';

test('REQ-OTA-AUD-02 a log that was edited behind the station is shown with its fault, and audit show and verify name the event', async (t) => {
  const bench = await CliBench.set(t);
  bench.logIn('otto');
  const intact = await bench.run(['audit', 'verify']);
  assert.equal(intact.code, 0, intact.out + intact.err);

  const database = new Database(join(bench.data, 'station.db'));
  database.exec('DROP TRIGGER audit_event_never_changes');
  const edit = database.prepare(
    "UPDATE audit_event SET leaf = replace(leaf, 'technician', 'accomplice') WHERE seq = ?",
  );
  const { seq } = database
    .prepare<[], { seq: number }>("SELECT min(seq) AS seq FROM audit_event WHERE leaf LIKE '%technician%'")
    .get() ?? { seq: 0 };
  assert.equal(edit.run(seq).changes, 1);
  database.close();

  const list = await bench.run(['audit', 'list', '--limit', '500']);
  assert.equal(list.code, 6, list.out + list.err);
  assert.match(list.out, new RegExp(`^ *${String(seq)} .*audit\\.leaf-edited`, 'm'));
  const shown = await bench.run(['audit', 'show', String(seq)]);
  assert.equal(shown.code, 6, shown.out + shown.err);
  assert.match(shown.out, /is not proven/);
  const unproven = await bench.run(['audit', 'show', String(seq), '--folder', join(bench.folder, 'proof'), '--json']);
  assert.equal(unproven.code, 3, unproven.out + unproven.err);
  assert.deepEqual(readdirSync(join(bench.folder, 'proof')), [], 'what proves nothing is not handed out');
  const verdict = await bench.run(['audit', 'verify']);
  assert.equal(verdict.code, 6, verdict.out + verdict.err);
  assert.match(verdict.out, new RegExp(`\\b${String(seq)}\\b`));
  assert.match(verdict.out, /audit\.[a-z-]+/);
});

test('a database that a newer Drydock wrote is refused by name and left as it is', async (t) => {
  const bench = await CliBench.set(t);
  const path = join(bench.data, 'station.db');
  const future = new Database(path);
  future.pragma('user_version = 999');
  future.close();

  const run = await bench.run(['status', '--json']);
  assert.equal(run.code, 3, run.out + run.err);
  assert.match(run.out, /"code": "station\.database-newer"/);
  const after = new Database(path, { readonly: true });
  assert.equal(after.pragma('user_version', { simple: true }), 999);
  after.close();
});
