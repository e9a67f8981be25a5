import type { KeyObject } from 'node:crypto';
import { accept, refuse, type Result } from '../../contract/result.ts';
import type { AuditLog } from './audit-log.ts';
import { originOf, signCheckpoint, type VerifiedCheckpoint } from './checkpoint.ts';
import { compareWithCheckpoint } from './compare-with-checkpoint.ts';
import type { HeadFile } from './head-file.ts';
import type { AuditRepository } from './repository.ts';
import { makeVerifierKey, type VerifierKey } from './verifier-key.ts';

export interface LogSealParts {
  readonly log: AuditLog;
  readonly repository: AuditRepository;
  readonly headFile: HeadFile;
  readonly stationId: string;
  /** The station's Ed25519 keys. */
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/**
 * Signs the log as it grows. Each transaction that appends carries a signed checkpoint of its own (`seal`, before the
 * commit), so that nobody without the station's key can lengthen or rewrite the log; and the newest checkpoint also stands
 * outside the database (`publish`, after the commit), so that cutting the database short is found.
 */
export class LogSeal {
  readonly #parts: LogSealParts;
  readonly #key: VerifierKey;
  /** Size that the head file covers; null until it is known. */
  #publishedSize: number | null = null;

  constructor(parts: LogSealParts) {
    this.#parts = parts;
    this.#key = makeVerifierKey(originOf(parts.stationId), parts.publicKey);
  }

  /** The public half of the log's key, as auditors get it. */
  get verifierKey(): VerifierKey {
    return this.#key;
  }

  /**
   * Signs what the open transaction has appended; does nothing where it appended nothing. A head that could not be
   * written after the transaction before is written first: while that fails, nothing more is recorded, hence nothing done.
   */
  seal(): void {
    const { log, repository, stationId, privateKey } = this.#parts;
    const size = log.size();
    if (size === (repository.newestCheckpoint()?.size ?? 0)) return;
    this.publish();
    const checkpoint = { origin: originOf(stationId), size: BigInt(size), root: log.root(), extensions: [] };
    repository.insertCheckpoint({ size, note: signCheckpoint(checkpoint, this.#key, privateKey) });
  }

  /** Writes the newest checkpoint to the head file where that is behind. Throws where the file cannot be written. */
  publish(): void {
    const newest = this.#parts.repository.newestCheckpoint();
    if (newest === null || newest.size === this.#publishedSize) return;
    this.#parts.headFile.write(newest.note);
    this.#publishedSize = newest.size;
  }

  /**
   * To be called when the station opens, before anything is appended: the newest events must be covered by a checkpoint of
   * this station's key, and the log must begin with the log of the head file. A head that is behind, because the power
   * failed between commit and head, is renewed. Cost: O(log n), however long the log.
   *
   * Refuses with `audit.truncated`, `audit.unsealed`, `audit.root-mismatch`, `audit.head-missing`, or why the head or the
   * newest checkpoint is no checkpoint of this log.
   */
  check(): Result<void> {
    const { log, repository, headFile } = this.#parts;
    const head = headFile.read();
    const size = log.size();
    if (head === null && size === 0) return accept(undefined);
    if (head !== null) {
      const compared = this.#compare(head);
      if (!compared.ok) return compared;
    }
    const newest = repository.newestCheckpoint();
    if (newest === null || newest.size < size) {
      const reason = `No signed checkpoint covers the audit events ${(newest?.size ?? 0) + 1} to ${size}; they were not written by this station.`;
      return refuse('audit.unsealed', reason, { size, sealed: newest?.size ?? 0 });
    }
    const sealed = this.#compare(Buffer.from(newest.note));
    if (!sealed.ok) return sealed;
    // Only the very first transaction can have committed before there was ever a head.
    if (head === null && repository.checkpointsAfter(0, 2).length > 1) {
      return refuse('audit.head-missing', 'The file audit-head is missing, so the audit log may have been cut short.');
    }
    this.publish();
    return accept(undefined);
  }

  #compare(note: Uint8Array): Result<VerifiedCheckpoint> {
    return compareWithCheckpoint(this.#parts.log, note, [this.#key]);
  }
}
