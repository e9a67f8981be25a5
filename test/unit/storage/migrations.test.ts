import assert from 'node:assert/strict';
import test from 'node:test';
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

test('migrations are numbered without a gap', () => {
  assert.deepEqual(
    migrations.map(({ version }) => version),
    migrations.map((_, index) => index + 1),
  );
});
