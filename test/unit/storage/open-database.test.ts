import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import type { Migration } from '../../../core/storage/migrations/migration.ts';
import { openDatabase } from '../../../core/storage/open-database.ts';
import { createStationRepository } from '../../../core/storage/station-repository.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import { makeFolder, openTestDatabase } from './open-test-database.ts';

const clock = new TestClock();
const onPosix = { skip: process.platform === 'win32' && 'modes are POSIX' };

const notes: Migration = { version: 1, name: 'notes', sql: 'CREATE TABLE note (text TEXT NOT NULL) STRICT' };
const tags: Migration = { version: 2, name: 'tags', sql: 'ALTER TABLE note ADD COLUMN tag TEXT' };
const broken: Migration = {
  version: 3,
  name: 'broken',
  sql: 'CREATE TABLE extra (a TEXT) STRICT; CREATE TABLE note (a TEXT)',
};

function codeOf(folder: string, migrations?: readonly Migration[]): string {
  const opened = openDatabase({ folder, clock, ...(migrations && { migrations }) });
  if (opened.ok) opened.value.close();
  return opened.ok ? 'ok' : opened.code;
}

test('a new station gets a folder and files for its user alone', onPosix, (t) => {
  const folder = join(makeFolder(t), 'a', 'station');
  openTestDatabase(t, folder).connection.exec("INSERT INTO station VALUES ('a', 'b')");
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  for (const name of ['station.db', 'station.db-wal', 'station.db-shm']) {
    assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name);
  }
});

test('the database writes through to the disk and mistrusts its own schema', (t) => {
  const { connection } = openTestDatabase(t);
  const pragma = (name: string): unknown => connection.pragma(name, { simple: true });
  assert.equal(pragma('journal_mode'), 'wal');
  assert.equal(pragma('synchronous'), 2, 'FULL');
  assert.equal(pragma('foreign_keys'), 1);
  assert.equal(pragma('trusted_schema'), 0);
  assert.equal(pragma('secure_delete'), 1);
  assert.equal(pragma('recursive_triggers'), 1);
});

test('every table is STRICT', (t) => {
  const { connection } = openTestDatabase(t);
  const lax = connection.prepare(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND strict = 0 AND name NOT LIKE 'sqlite_%'",
  );
  assert.deepEqual(lax.all(), []);
});

test('a second opener of the folder is turned away until the first one closes', (t) => {
  const folder = makeFolder(t);
  const first = openTestDatabase(t, folder);
  assert.equal(codeOf(folder), 'station.in-use');
  first.close();
  assert.equal(codeOf(folder), 'ok');
});

test('REQ-OTA-APP-04 a killed station leaves neither a lock nor half a transaction', async (t) => {
  const folder = makeFolder(t);
  const script = fileURLToPath(new URL('hold-lock.ts', import.meta.url));
  const holder = spawn(process.execPath, [script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => holder.kill('SIGKILL'));
  await once(holder.stdout, 'data');
  assert.equal(codeOf(folder), 'station.in-use');
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  assert.equal(createStationRepository(openTestDatabase(t, folder).connection).get('half'), null);
});

test('a database of a newer Drydock is refused and not touched', (t) => {
  const folder = makeFolder(t);
  openTestDatabase(t, folder, [notes, tags]).close();
  const before = readFileSync(join(folder, 'station.db'));
  const opened = openDatabase({ folder, clock, migrations: [notes] });
  assert.ok(!opened.ok && opened.code === 'station.database-newer');
  assert.deepEqual(opened.detail, { found: 2, known: 1 });
  assert.match(opened.reason, /version 2.* up to 1/);
  assert.deepEqual(readFileSync(join(folder, 'station.db')), before);
  assert.deepEqual(readdirSync(folder).sort(), ['station.db', 'station.lock']);
  assert.equal(codeOf(folder, [notes, tags]), 'ok', 'the refusal let the lock go');
});

test('a file that is no database is refused and not touched', (t) => {
  const folder = makeFolder(t);
  writeFileSync(join(folder, 'station.db'), 'no database at all, but text that is long enough for a header'.repeat(20));
  const before = readFileSync(join(folder, 'station.db'));
  assert.equal(codeOf(folder), 'station.database-damaged');
  assert.deepEqual(readFileSync(join(folder, 'station.db')), before);
});

test('a damaged page is found before anything is read from it', (t) => {
  const folder = makeFolder(t);
  const { connection, close } = openTestDatabase(t, folder, [notes]);
  const insert = connection.prepare('INSERT INTO note (text) VALUES (?)');
  for (let count = 0; count < 200; count += 1) insert.run('x'.repeat(500));
  close();
  const path = join(folder, 'station.db');
  const bytes = readFileSync(path);
  writeFileSync(path, bytes.fill(0xa5, bytes.length - 4096));
  assert.equal(codeOf(folder, [notes]), 'station.database-damaged');
});

test("another program's SQLite database is refused", (t) => {
  const folder = makeFolder(t);
  const other = new Database(join(folder, 'station.db'));
  other.exec('CREATE TABLE theirs (a TEXT)');
  other.close();
  assert.equal(codeOf(folder), 'station.database-damaged');
});

test('a folder that cannot be made is a storage failure with a reason', (t) => {
  const file = join(makeFolder(t), 'file');
  writeFileSync(file, '');
  const opened = openDatabase({ folder: join(file, 'station'), clock });
  assert.ok(!opened.ok && opened.code === 'station.storage-failed');
  assert.match(opened.reason, /cannot be read or written/);
});

test('an older database is backed up and then migrated, and its history tells when', (t) => {
  const folder = makeFolder(t);
  const old = openTestDatabase(t, folder, [notes]);
  old.connection.exec("INSERT INTO note (text) VALUES ('kept')");
  old.close();

  const { connection } = openTestDatabase(t, folder, [notes, tags]);
  assert.deepEqual(connection.prepare('SELECT text, tag FROM note').all(), [{ text: 'kept', tag: null }]);
  assert.equal(connection.pragma('user_version', { simple: true }), 2);
  assert.deepEqual(connection.prepare('SELECT version, name, applied FROM migration').all(), [
    { version: 1, name: 'notes', applied: '2026-11-22T09:00:00.000Z' },
    { version: 2, name: 'tags', applied: '2026-11-22T09:00:00.000Z' },
  ]);

  const path = join(folder, 'station.db.before-1-to-2');
  if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
  const backup = new Database(path, { readonly: true });
  t.after(() => backup.close());
  assert.equal(backup.pragma('user_version', { simple: true }), 1);
  assert.deepEqual(backup.prepare('SELECT * FROM note').all(), [{ text: 'kept' }]);
  assert.ok(!readdirSync(folder).some((name) => name.endsWith('.partial')));
});

test('a new database needs no backup', (t) => {
  const folder = makeFolder(t);
  openTestDatabase(t, folder, [notes, tags]).close();
  assert.deepEqual(readdirSync(folder).sort(), ['station.db', 'station.lock']);
});

test('where one migration fails, none is applied, and the old program still opens the database', (t) => {
  const folder = makeFolder(t);
  openTestDatabase(t, folder, [notes]).close();
  assert.throws(() => openDatabase({ folder, clock, migrations: [notes, tags, broken] }), /note already exists/);
  const { connection } = openTestDatabase(t, folder, [notes]);
  assert.equal(connection.pragma('user_version', { simple: true }), 1);
  assert.deepEqual(connection.prepare("SELECT name FROM pragma_table_info('note')").pluck().all(), ['text']);
});

test('a migration that leaves a dangling foreign key is not applied', (t) => {
  const folder = makeFolder(t);
  const orphan: Migration = {
    version: 1,
    name: 'orphan',
    sql: 'CREATE TABLE a (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE b (a INTEGER REFERENCES a (id)) STRICT; INSERT INTO b VALUES (7)',
  };
  assert.throws(() => openDatabase({ folder, clock, migrations: [orphan] }), /dangling foreign keys/);
});

test('migrations out of order are a bug', (t) => {
  assert.throws(() => openDatabase({ folder: makeFolder(t), clock, migrations: [tags, notes] }), /stands after/);
});
