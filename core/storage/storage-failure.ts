import Database from 'better-sqlite3';
import { refuse, type Refusal } from '../../contract/result.ts';

/**
 * Names what an error of SQLite or of the file system means for the station: `station.disk-full`,
 * `station.storage-failed` or `station.database-damaged`. Null where the error is none of these, hence a bug.
 */
export function describeStorageFailure(error: unknown): Refusal | null {
  if (error instanceof Database.SqliteError) return describeSqliteFailure(error);
  if (error instanceof Error && 'syscall' in error && 'code' in error)
    return describeFileFailure(error, String(error.code));
  return null;
}

/** Result codes: sqlite.org/rescode.html. */
function describeSqliteFailure({ code, message }: InstanceType<typeof Database.SqliteError>): Refusal | null {
  if (code === 'SQLITE_FULL') return diskFull(code);
  // Whatever stands in a column that only ever got JSON was not written by us.
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT') || message === 'malformed JSON') {
    return refuse('station.database-damaged', `The database station.db is damaged (${message}).`, { cause: code });
  }
  if (/^SQLITE_(IOERR|CANTOPEN|READONLY|BUSY|PERM|AUTH|PROTOCOL|NOLFS)/.test(code)) {
    const reason = `The database station.db cannot be read or written (${message}).`;
    return refuse('station.storage-failed', reason, { cause: code });
  }
  return null;
}

function describeFileFailure(error: Error, code: string): Refusal {
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(code);
  return refuse('station.storage-failed', `The data folder cannot be read or written (${error.message}).`, {
    cause: code,
  });
}

function diskFull(code: string): Refusal {
  const reason = 'The disk that holds the data folder is full; free some space and try again.';
  return refuse('station.disk-full', reason, { cause: code });
}
