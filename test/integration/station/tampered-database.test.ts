import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import Database from 'better-sqlite3';
import { inspectAuditLog } from '../../../core/station/inspect-log.ts';
import { openStation } from '../../../core/station.ts';
import { tamper } from '../../helpers/tamper-log.ts';
import { VirtualDepot } from '../../helpers/virtual-depot.ts';

const values = ['NULL', "'no JSON'", '-1', "x'00ff'"];

/** Every table that holds something: all rows gone, the last row gone, and each column with something else in every row. */
function listTamperings(folder: string): { readonly what: string; readonly sql: string }[] {
  const database = new Database(join(folder, 'station.db'), { readonly: true });
  const tables = database
    .prepare<[], string>(
      "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    )
    .pluck()
    .all()
    .filter((table) => database.prepare(`SELECT 1 FROM ${table} LIMIT 1`).get() !== undefined);
  const tamperings = tables.flatMap((table) => [
    { what: `${table} without rows`, sql: `DELETE FROM ${table}` },
    ...(database.pragma(`table_info(${table})`) as { readonly name: string }[]).flatMap(({ name }) =>
      values.map((value) => ({ what: `${table}.${name} = ${value}`, sql: `UPDATE ${table} SET ${name} = ${value}` })),
    ),
  ]);
  database.close();
  return tamperings;
}

/** A station with an update behind it, closed; and a way to open it once its database was tampered with. */
async function closeStation(t: TestContext) {
  const depot = await VirtualDepot.set(t);
  assert.equal((await depot.update(await depot.approved())).state, 'confirmed');
  await depot.station.close();
  const folder = join(depot.folder, 'data');
  const files = ['station.db', 'audit-head'] as const;
  const kept = files.map((name) => [join(folder, name), readFileSync(join(folder, name))] as const);
  const tamperAndOpen = async (sql: string): Promise<string | null> => {
    for (const [path, bytes] of kept) writeFileSync(path, bytes);
    if (!works(folder, sql)) return null;
    const opened = openStation({ ...depot.options, create: false });
    if (opened.ok) await opened.value.close();
    return opened.ok ? 'opened' : opened.code;
  };
  return { folder, tamperAndOpen };
}

test('REQ-OTA-AUD-02 a station whose tables were tampered with opens, or is refused by a code of its own; it never ends the program', async (t) => {
  const { folder, tamperAndOpen } = await closeStation(t);
  const tamperings = listTamperings(folder);
  assert.ok(tamperings.length > 300, `${tamperings.length} ways`);
  const codes = new Set<string>();
  for (const { what, sql } of tamperings) {
    const code = await tamperAndOpen(sql);
    if (code === null) continue;
    assert.match(code, /^(opened$|audit\.|station\.(?!in-use))/, what);
    codes.add(code);
  }
  const expected = ['opened', 'audit.node-mismatch', 'audit.truncated', 'audit.unsealed', 'station.database-damaged'];
  assert.deepEqual(
    expected.filter((code) => !codes.has(code)),
    [],
  );
});

test('REQ-OTA-AUD-02 a station whose id is gone, or is none, is damaged; it gets no other one, and its log is not read as that of another', async (t) => {
  const { folder, tamperAndOpen } = await closeStation(t);
  const gone = "DELETE FROM station WHERE key = 'id'";
  for (const sql of [gone, `DELETE FROM audit_event; ${gone}`, "UPDATE station SET value = 'a b' WHERE key = 'id'"]) {
    assert.equal(await tamperAndOpen(sql), 'station.database-damaged');
    const database = new Database(join(folder, 'station.db'), { readonly: true });
    const found = database.prepare("SELECT value FROM station WHERE key = 'id'").pluck().get();
    database.close();
    assert.equal(found, sql.includes(gone) ? undefined : 'a b');
    const inspected = await inspectAuditLog(folder);
    assert.equal(inspected.ok ? 'intact' : inspected.code, 'station.database-damaged');
  }
});

/** False where SQLite itself does not have it. */
function works(dataFolder: string, sql: string): boolean {
  try {
    tamper(dataFolder, (connection) => {
      connection.pragma('foreign_keys = OFF');
      connection.pragma('ignore_check_constraints = ON');
      connection.exec(sql);
    });
    return true;
  } catch (error) {
    if (error instanceof Database.SqliteError) return false;
    throw error;
  }
}
