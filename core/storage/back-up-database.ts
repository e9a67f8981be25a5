import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { openConnection, type SqliteConnection } from './sqlite-connection.ts';

/**
 * Writes a checked, compact copy of the database to `path`, on the disk for good before it returns; an older file of
 * that name is replaced. Throws SQLite's or the file system's error and leaves no partial copy behind.
 */
export function backUpDatabase(connection: SqliteConnection, path: string): void {
  const partial = `${path}.partial`;
  rmSync(partial, { force: true });
  try {
    // VACUUM INTO accepts an empty file and keeps its mode: nobody else may read the operators' rows.
    closeSync(openSync(partial, 'wx', 0o600));
    connection.prepare('VACUUM INTO ?').run(partial);
    checkCopy(partial);
    flushToDisk(partial, 'r+');
    renameSync(partial, path);
    // A Windows directory cannot be opened for flushing; NTFS journals the rename itself.
    if (process.platform !== 'win32') flushToDisk(dirname(path), 'r');
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

function checkCopy(path: string): void {
  const copy = openConnection(path);
  try {
    const verdict = copy.pragma('quick_check(1)', { simple: true });
    if (verdict !== 'ok') throw new Error(`the backup ${path} is damaged: ${String(verdict)}`);
  } finally {
    copy.close();
  }
}

function flushToDisk(path: string, flags: string): void {
  const descriptor = openSync(path, flags);
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
