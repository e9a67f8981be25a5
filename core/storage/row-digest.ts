import { RefusalError, refuse } from '../../contract/result.ts';
import { sha256Hex } from '../digest.ts';

/**
 * A row that stands under the SHA-256 of one of its columns, and no longer has it, was changed outside Drydock and says
 * nothing any more. Throws a `RefusalError` with `station.database-damaged`.
 */
export function requireDigest(bytes: Uint8Array, sha256: string, what: string): void {
  if (sha256Hex(bytes) === sha256) return;
  const reason = `The database's ${what} ${sha256} was changed outside Drydock: it has another SHA-256.`;
  throw new RefusalError(refuse('station.database-damaged', reason, { sha256 }));
}
