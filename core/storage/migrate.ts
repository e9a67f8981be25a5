import type { Clock } from '../ports.ts';
import type { Migration } from './migrations/migration.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** "DRYD": tells a Drydock database from any other SQLite file. */
export const applicationId = 0x44525944;

/** The schema version that a database file carries; 0 for an empty one. */
export function readVersion(connection: SqliteConnection): number {
  return Number(connection.pragma('user_version', { simple: true }));
}

/** The newest version that a list of migrations leads to. The list must ascend. */
export function newestVersion(migrations: readonly Migration[]): number {
  let newest = 0;
  for (const { version, name } of migrations) {
    if (version <= newest) throw new Error(`migration ${version} (${name}) stands after migration ${newest}`);
    newest = version;
  }
  return newest;
}

/**
 * Runs every migration above the database's version in ONE transaction: afterwards the database is at the newest
 * version, or as it was. Foreign keys are checked as a whole at the end, so that a migration may rebuild a table.
 */
export function migrate(connection: SqliteConnection, migrations: readonly Migration[], clock: Clock): void {
  const from = readVersion(connection);
  connection.pragma('foreign_keys = OFF');
  connection.exec('BEGIN IMMEDIATE');
  try {
    connection.pragma(`application_id = ${applicationId}`);
    connection.exec(
      'CREATE TABLE IF NOT EXISTS migration (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied TEXT NOT NULL) STRICT',
    );
    const record = connection.prepare('INSERT INTO migration (version, name, applied) VALUES (?, ?, ?)');
    for (const { version, name, sql } of migrations) {
      if (version <= from) continue;
      connection.exec(sql);
      record.run(version, name, clock.now().toISOString());
    }
    const orphans = connection.pragma('foreign_key_check');
    if (!Array.isArray(orphans) || orphans.length > 0)
      throw new Error('a migration leaves rows with dangling foreign keys');
    connection.pragma(`user_version = ${newestVersion(migrations)}`);
    connection.exec('COMMIT');
  } catch (error) {
    if (connection.inTransaction) connection.exec('ROLLBACK');
    throw error;
  }
}
