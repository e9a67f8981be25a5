import { RefusalError } from '../../contract/result.ts';
import type { Transact } from '../ports.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { describeStorageFailure } from './storage-failure.ts';

/** What runs around every outermost transaction that `transact` makes. */
export interface TransactionHooks {
  /** Inside the transaction, after its work: an exception undoes all of it. */
  readonly beforeCommit: (() => void)[];
  /** After the transaction is durable. An exception reaches the caller, but undoes nothing. */
  readonly afterCommit: (() => void)[];
}

/**
 * Makes the `Transact` of a connection: BEGIN IMMEDIATE, so that no other writer comes between reading and writing.
 * A nested call joins the outer one, and if it throws, the outer one cannot commit even where the exception was caught.
 * A full disk or a failing one is thrown as a `RefusalError` (`station.disk-full`, `station.storage-failed`,
 * `station.database-damaged`). `work` is synchronous: a transaction never waits for a device or a person.
 */
export function createTransact(connection: SqliteConnection, hooks: TransactionHooks): Transact {
  let depth = 0;
  const nestedFailures: Error[] = [];

  function runNested<T>(work: () => T): T {
    depth += 1;
    try {
      return refuseAsyncWork(work());
    } catch (error) {
      nestedFailures.push(error instanceof Error ? error : new Error(String(error)));
      throw error;
    } finally {
      depth -= 1;
    }
  }

  function runOutermost<T>(work: () => T): T {
    connection.exec('BEGIN IMMEDIATE');
    depth = 1;
    nestedFailures.length = 0;
    try {
      const value = refuseAsyncWork(work());
      const [nestedFailure] = nestedFailures;
      if (nestedFailure !== undefined) throw nestedFailure;
      for (const hook of hooks.beforeCommit) hook();
      connection.exec('COMMIT');
      return value;
    } catch (error) {
      // SQLite has already rolled back by itself after some errors (sqlite.org/lang_transaction.html, section 3).
      if (connection.inTransaction) connection.exec('ROLLBACK');
      throw error;
    } finally {
      depth = 0;
    }
  }

  return (work) => {
    if (depth > 0) return runNested(work);
    try {
      const value = runOutermost(work);
      for (const hook of hooks.afterCommit) hook();
      return value;
    } catch (error) {
      const refusal = describeStorageFailure(error);
      throw refusal === null ? error : new RefusalError(refusal, { cause: error });
    }
  };
}

function refuseAsyncWork<T>(value: T): T {
  if (value instanceof Promise) throw new TypeError('the work of a transaction must be synchronous');
  return value;
}
