import { accept, refuse } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';

/** The system's name of an I/O error (`ENOSPC`, `EIO`, …) or a library's code; `unknown` where the error has none. */
export function errnoOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
}

/** What went wrong when writing to or reading from the data folder: `station.disk-full` or `station.storage-failed`. */
export function refuseStorageFault(errno: string): Refusal {
  if (errno === 'ENOSPC' || errno === 'EDQUOT') {
    const reason = 'The disk that holds the data folder is full; free some room and try again.';
    return refuse('station.disk-full', reason, { errno });
  }
  return refuse('station.storage-failed', `The data folder cannot be read or written (${errno}).`, { errno });
}

/** Work on the data folder: its I/O errors are refusals, everything else is a bug and is thrown on. */
export function tryOnDisk<T>(work: () => T): Result<T> {
  try {
    return accept(work());
  } catch (error) {
    return refuseFault(error);
  }
}

/** As {@link tryOnDisk}, of work that goes on beside the caller's. */
export async function waitForDisk<T>(work: Promise<T>): Promise<Result<T>> {
  try {
    return accept(await work);
  } catch (error) {
    return refuseFault(error);
  }
}

function refuseFault(error: unknown): Refusal {
  if (error instanceof Error && 'syscall' in error) return refuseStorageFault(errnoOf(error));
  throw error;
}
