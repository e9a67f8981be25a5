import { closeSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { accept, refuse, type Refusal, type Result } from '../../contract/result.ts';
import type { Clock, Transact } from '../ports.ts';
import { backUpDatabase } from './back-up-database.ts';
import { applicationId, migrate, newestVersion, readVersion } from './migrate.ts';
import { migrations as allMigrations } from './migrations/index.ts';
import type { Migration } from './migrations/migration.ts';
import { makeDurable, openConnection, type SqliteConnection } from './sqlite-connection.ts';
import { takeStationLock } from './station-lock.ts';
import { describeStorageFailure } from './storage-failure.ts';
import { createTransact, type TransactionHooks } from './transact.ts';

/** The station's open database. This process holds the data folder's lock until `close`. */
export interface StationDatabase {
  /** For repositories; everything that writes goes through `transact`. */
  readonly connection: SqliteConnection;
  readonly transact: Transact;
  /** Runs inside every outermost transaction, just before it commits; an exception undoes the transaction. */
  readonly beforeCommit: (work: () => void) => void;
  /** Runs after every outermost transaction is durable; an exception reaches the caller of `transact`. */
  readonly afterCommit: (work: () => void) => void;
  readonly close: () => void;
}

export interface DatabasePlace {
  /** The data folder; made (0700) where it is missing. */
  readonly folder: string;
  readonly clock: Clock;
  /** All known migrations unless a test says otherwise. */
  readonly migrations?: readonly Migration[];
}

/**
 * Opens `<folder>/station.db` for this process alone and brings it to the newest schema, after a backup
 * (`station.db.before-<from>-to-<to>`) where it was older. A database that is refused is left as it was.
 * Refuses with `station.in-use`, `station.database-newer`, `station.database-damaged`, `station.disk-full` or
 * `station.storage-failed`.
 */
export function openDatabase({ folder, clock, migrations = allMigrations }: DatabasePlace): Result<StationDatabase> {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const lock = takeStationLock(folder);
    if (!lock.ok) return lock;
    try {
      const path = join(folder, 'station.db');
      const opened = openChecked(path, migrations, clock);
      if (!opened.ok) lock.value.release();
      return opened.ok ? accept(wrapConnection(opened.value, () => lock.value.release())) : opened;
    } catch (error) {
      lock.value.release();
      throw error;
    }
  } catch (error) {
    const refusal = describeStorageFailure(error);
    if (refusal === null) throw error;
    return refusal;
  }
}

function openChecked(path: string, migrations: readonly Migration[], clock: Clock): Result<SqliteConnection> {
  // SQLite gives its side files the mode of the database; made by us first, nobody else can read any of them.
  closeSync(openSync(path, 'a', 0o600));
  const connection = openConnection(path);
  try {
    const refusal = checkDamage(connection) ?? checkOrigin(connection) ?? checkVersion(connection, migrations);
    if (refusal !== null) {
      connection.close();
      return refusal;
    }
    makeDurable(connection);
    bringUpToDate(connection, path, migrations, clock);
    connection.pragma('foreign_keys = ON');
    return accept(connection);
  } catch (error) {
    connection.close();
    throw error;
  }
}

function checkDamage(connection: SqliteConnection): Refusal | null {
  const verdict = String(connection.pragma('quick_check(1)', { simple: true }));
  if (verdict === 'ok') return null;
  return refuse('station.database-damaged', `The database station.db fails its integrity check: ${verdict}.`, {
    verdict,
  });
}

/** A file without tables is new; any other must carry Drydock's mark. */
function checkOrigin(connection: SqliteConnection): Refusal | null {
  if (connection.pragma('application_id', { simple: true }) === applicationId || isEmpty(connection)) return null;
  return refuse('station.database-damaged', 'The file station.db is a SQLite database, but not one that Drydock made.');
}

function checkVersion(connection: SqliteConnection, migrations: readonly Migration[]): Refusal | null {
  const found = readVersion(connection);
  const known = newestVersion(migrations);
  if (found <= known) return null;
  const reason = `The database has schema version ${found}, but this Drydock knows only up to ${known}; start the newer Drydock that wrote it.`;
  return refuse('station.database-newer', reason, { found, known });
}

function isEmpty(connection: SqliteConnection): boolean {
  return connection.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get() === undefined;
}

function bringUpToDate(
  connection: SqliteConnection,
  path: string,
  migrations: readonly Migration[],
  clock: Clock,
): void {
  const from = readVersion(connection);
  const to = newestVersion(migrations);
  if (from === to) return;
  if (!isEmpty(connection)) backUpDatabase(connection, `${path}.before-${from}-to-${to}`);
  migrate(connection, migrations, clock);
}

function wrapConnection(connection: SqliteConnection, releaseLock: () => void): StationDatabase {
  const hooks: TransactionHooks = { beforeCommit: [], afterCommit: [] };
  return {
    connection,
    transact: createTransact(connection, hooks),
    beforeCommit: (work) => void hooks.beforeCommit.push(work),
    afterCommit: (work) => void hooks.afterCommit.push(work),
    close: () => {
      connection.close();
      releaseLock();
    },
  };
}
