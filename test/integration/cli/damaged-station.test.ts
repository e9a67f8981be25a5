import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import Database from 'better-sqlite3';
import { CliBench } from './cli-bench.ts';

test('REQ-OTA-AUD-02 a log that was edited behind the station closes it, and audit verify names the event', async (t) => {
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

  const refused = await bench.run(['audit', 'list', '--json']);
  assert.equal(refused.code, 3, refused.out + refused.err);
  assert.match(refused.out, /"code": "audit\./);
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
