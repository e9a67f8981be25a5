import assert from 'node:assert/strict';
import test from 'node:test';
import { createBenchRepository } from '../../../core/storage/bench-repository.ts';
import { migrations } from '../../../core/storage/migrations/index.ts';
import { makeFolder, openTestDatabase } from './open-test-database.ts';

function upTo(version: number): typeof migrations {
  return migrations.filter((migration) => migration.version <= version);
}

test('0001 makes the key/value table of the station', (t) => {
  const { connection } = openTestDatabase(t, undefined, upTo(1));
  connection.exec("INSERT INTO station (key, value) VALUES ('name', 'Bench 1')");
  assert.throws(() => connection.exec("INSERT INTO station (key, value) VALUES ('name', 'Bench 2')"), /UNIQUE/);
  assert.throws(() => connection.exec("INSERT INTO station (key, value) VALUES (NULL, 'x')"), /NOT NULL/);
});

test('REQ-OTA-AUD-01 0002 makes the audit tables beside what 0001 holds', (t) => {
  const folder = makeFolder(t);
  const before = openTestDatabase(t, folder, upTo(1));
  before.connection.exec("INSERT INTO station (key, value) VALUES ('name', 'Bench 1')");
  before.close();
  const { connection } = openTestDatabase(t, folder, upTo(2));
  assert.equal(connection.prepare("SELECT value FROM station WHERE key = 'name'").pluck().get(), 'Bench 1');
  const tables = connection.prepare(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'audit_%' ORDER BY name",
  );
  assert.deepEqual(tables.pluck().all(), ['audit_checkpoint', 'audit_event', 'audit_node']);
});

test('REQ-OTA-USB-03 0009 makes the bench map beside what 0008 holds', (t) => {
  const folder = makeFolder(t);
  const before = openTestDatabase(t, folder, upTo(8));
  before.connection.exec("INSERT INTO station (key, value) VALUES ('name', 'Bench 1')");
  before.close();
  const { connection } = openTestDatabase(t, folder, upTo(9));
  assert.equal(connection.prepare("SELECT value FROM station WHERE key = 'name'").pluck().get(), 'Bench 1');
  const insert = (values: string) =>
    connection.exec(`INSERT INTO bench_place (position, name, number) VALUES ${values}`);
  insert("('1-1', 'Left', 1), ('1-2', 'Right', NULL), ('1-3', 'Top', NULL)");
  assert.throws(() => insert("('1-1', 'Other', 2)"), /UNIQUE/);
  assert.throws(() => insert("('1-4', 'LEFT', 2)"), /UNIQUE/);
  assert.throws(() => insert("('1-4', 'Other', 1)"), /UNIQUE/);
  assert.throws(() => insert("('1-4', 'Other', 17)"), /CHECK/);
  assert.throws(() => insert("('1-4', NULL, 4)"), /NOT NULL/);
});

test('REQ-OTA-USB-03 a place that was edited outside Drydock into what would not be a name is not shown to anybody', (t) => {
  const { connection } = openTestDatabase(t);
  connection.exec("INSERT INTO bench_place (position, name, number) VALUES ('1-1', char(27) || '[2J', 1)");
  assert.throws(() => createBenchRepository(connection).places());
});

test('REQ-OTA-AUD-02 0015 keeps what was cosigned from going back, from a second history and from being forgotten', (t) => {
  const { connection } = openTestDatabase(t, undefined, upTo(15));
  const put = (size: number, root: string) =>
    connection.exec(
      `INSERT INTO witnessed_log VALUES ('o', ${size}, ${root}, '2026')
       ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root`,
    );
  const root = "x'01' || zeroblob(31)";
  put(5, 'zeroblob(32)');
  put(5, 'zeroblob(32)');
  assert.throws(() => put(5, `CAST(${root} AS BLOB)`), /only grows/);
  assert.throws(() => put(4, 'zeroblob(32)'), /only grows/);
  put(6, `CAST(${root} AS BLOB)`);
  assert.throws(
    () => connection.exec("INSERT OR REPLACE INTO witnessed_log VALUES ('o', 1, zeroblob(32), '2026')"),
    /forgotten/,
  );
  assert.throws(() => connection.exec('DELETE FROM witnessed_log'), /forgotten/);
  connection.exec("INSERT INTO kept_cosignature VALUES ('w', 5, 'key', NULL, 'note', '2026')");
  assert.throws(() => connection.exec("UPDATE kept_cosignature SET note = 'other'"), /never changes/);
  assert.throws(() => connection.exec('DELETE FROM kept_cosignature'), /never removed/);
  connection.exec("INSERT INTO note_key VALUES ('witness', 'w', 'key', '2026', 'ada')");
  assert.throws(() => connection.exec("UPDATE note_key SET verifier_key = 'other'"), /never changes/);
  connection.exec('DELETE FROM note_key');
});

test('migrations are numbered without a gap', () => {
  assert.deepEqual(
    migrations.map(({ version }) => version),
    migrations.map((_, index) => index + 1),
  );
});

test('0010 makes standing orders beside the jobs that are there: what is closed starts nothing and is never forgotten', (t) => {
  const folder = makeFolder(t);
  const before = openTestDatabase(t, folder, upTo(9));
  const job = (id: string): string =>
    `INSERT INTO job (id, created_at, state, closed, bundle_digest, position, body) VALUES ('${id}', '2026', 'created', 0, 'd', '1-1', '{}')`;
  before.connection.exec(job('j1'));
  before.close();
  const { connection } = openTestDatabase(t, folder, upTo(10));
  const unit = (id: string): string =>
    `INSERT INTO standing_order_unit (job_id, order_id, position, serial, started_at) VALUES ('${id}', 'o', '1-1', 'VU-1', '2026')`;
  connection.exec("INSERT INTO standing_order (id, opened_at, closed, body) VALUES ('o', '2026', 0, '{}')");
  connection.exec(unit('j1'));
  assert.throws(() => connection.exec(unit('nobody')), /FOREIGN KEY/);
  assert.throws(() => connection.exec("UPDATE standing_order_unit SET serial = 'VU-2'"), /never changes/);
  assert.throws(() => connection.exec('DELETE FROM standing_order_unit'), /never deleted/);
  connection.exec("UPDATE standing_order SET closed = 1 WHERE id = 'o'");
  connection.exec(job('j2'));
  assert.throws(() => connection.exec(unit('j2')), /starts nothing/);
  assert.throws(() => connection.exec("UPDATE standing_order SET closed = 0 WHERE id = 'o'"), /stays closed/);
  assert.throws(() => connection.exec('DELETE FROM standing_order'), /never deleted/);
});

test('REQ-OTA-OPR-01 0011 makes second factors beside the accounts that are there, whose passwords are long ones', (t) => {
  const folder = makeFolder(t);
  const before = openTestDatabase(t, folder, upTo(10));
  before.connection.exec(
    `INSERT INTO operator (id, username, printed_name, roles, status, password_hash, must_change_password, failed_attempts, created_at)
     VALUES ('o1', 'ada', 'Ada', '["administrator"]', 'active', '$argon2id$x', 0, 0, '2026')`,
  );
  before.close();
  const { connection } = openTestDatabase(t, folder, upTo(11));
  assert.equal(connection.prepare('SELECT short_password FROM operator').pluck().get(), 0);
  const insert = (operator: string) =>
    connection.exec(
      `INSERT INTO second_factor (operator_id, nonce, sealed, last_step, enrolled_at) VALUES ('${operator}', zeroblob(12), zeroblob(36), 7, '2026')`,
    );
  insert('o1');
  assert.throws(() => insert('nobody'), /FOREIGN KEY/);
  assert.throws(() => connection.exec('UPDATE second_factor SET last_step = 7'), /never accepted again/);
  connection.exec('UPDATE second_factor SET last_step = 8');
  assert.throws(() => connection.exec("INSERT INTO recovery_code VALUES ('o2', 'x')"), /CHECK/);
});
