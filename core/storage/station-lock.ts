import { join } from 'node:path';
import Database from 'better-sqlite3';
import { accept, refuse, type Result } from '../../contract/result.ts';

/** Says that this process alone works with a data folder. */
export interface StationLock {
  release(): void;
}

/**
 * Takes the data folder for this process: an exclusive SQLite lock on `<folder>/station.lock`. The operating system
 * drops it with the process, however that ends, so no stale lock is ever left. Never open `station.lock` by other
 * means in this process: closing any descriptor of a file drops its POSIX locks.
 * Refuses with `station.in-use`; other failures of the file are thrown as SQLite errors.
 */
export function takeStationLock(folder: string): Result<StationLock> {
  const connection = new Database(join(folder, 'station.lock'), { timeout: 0 });
  try {
    connection.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    connection.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      return refuse('station.in-use', `Another Drydock works with the data folder ${folder}; close it first.`, {
        folder,
      });
    }
    throw error;
  }
  return accept({ release: () => void connection.close() });
}
