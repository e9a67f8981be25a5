import Database from 'better-sqlite3';

/** An open SQLite connection. Only the storage room sees it. */
export type SqliteConnection = Database.Database;

/** How long a statement waits for another connection's lock (the only ones are our own backup and an auditor's reader). */
const busyTimeoutMs = 250;

/**
 * Opens a database file for reading and writing without changing a byte of it.
 * The settings are per connection: deletes overwrite (secure_delete), a schema that was tampered with cannot call
 * functions with side effects (trusted_schema), and REPLACE fires the delete triggers that protect the audit log.
 */
export function openConnection(path: string): SqliteConnection {
  const connection = new Database(path, { timeout: busyTimeoutMs });
  try {
    connection.pragma('trusted_schema = OFF');
    connection.pragma('cell_size_check = ON');
    connection.pragma('recursive_triggers = ON');
    connection.pragma('secure_delete = ON');
  } catch (error) {
    connection.close();
    throw error;
  }
  return connection;
}

/** Every commit is on the disk before it returns: write-ahead log, fsynced per transaction (on macOS down to the platter). */
export function makeDurable(connection: SqliteConnection): void {
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('fullfsync = ON');
  connection.pragma('checkpoint_fullfsync = ON');
}
