import { originOf, verifyCheckpoint, type Checkpoint } from './checkpoint.ts';
import { nameEvents, type Findings } from './findings.ts';
import type { HeadFile } from './head-file.ts';
import { sameHash, type MerkleHash } from './merkle-tree.ts';
import type { AuditRepository, StoredCheckpoint } from './repository.ts';
import type { VerifierKey } from './verifier-key.ts';

export interface SignedHistory {
  readonly repository: AuditRepository;
  readonly stationId: string;
  readonly key: VerifierKey;
  readonly headFile: HeadFile;
}

const pageLength = 100;

/** Compares a log that streams by with every signed statement about it: the stored checkpoints and the head file. */
export class CheckpointCheck {
  readonly #history: SignedHistory;
  readonly #findings: Findings;
  #head: Checkpoint | null;
  #page: StoredCheckpoint[] = [];
  #lastSize = Number.MIN_SAFE_INTEGER;
  #provenSize = 0;
  /** The last root did not match: the next ones cannot either, and say nothing new. */
  #diverged = false;
  #verified = 0;

  constructor(history: SignedHistory, findings: Findings) {
    this.#history = history;
    this.#findings = findings;
    this.#head = this.#readHead();
  }

  /** Signed checkpoints that were verified. */
  get verified(): number {
    return this.#verified;
  }

  /** The events up to here are those that were signed, but for what was already found. */
  get provenSize(): number {
    return this.#provenSize;
  }

  /** Reads the head file anew, for a log that has grown. */
  renewHead(): void {
    this.#head = this.#readHead();
  }

  /** Compares the root over the first `size` events with the statements about a log of that size. */
  checkAt(size: number, root: MerkleHash | null): void {
    for (let next = this.#peek(); next !== null && next.size <= size; next = this.#peek()) {
      this.#page.shift();
      const checkpoint = this.#open(next);
      // Where a gap hid this size, the signature is all that can be checked.
      if (checkpoint !== null && next.size === size)
        this.#compareRoot(size, root, checkpoint.root, 'signed checkpoint');
    }
    if (this.#head?.size === BigInt(size)) this.#compareRoot(size, root, this.#head.root, 'file audit-head');
  }

  /** Looks for statements about events that are not there, and events that no statement covers. */
  checkEnd(): void {
    const size = this.#history.repository.lastSeq();
    const newest = this.#history.repository.newestCheckpoint();
    if ((newest?.size ?? 0) < size) {
      const fromSeq = (newest?.size ?? 0) + 1;
      const what = nameEvents(fromSeq, size);
      this.#findings.add('audit.unsealed', fromSeq, size, `No signed checkpoint covers ${what}.`);
    }
    if (newest !== null && newest.size > size) this.#reportTruncated(size, newest.size, 'a signed checkpoint covers');
    if (this.#head !== null && this.#head.size > BigInt(size)) {
      this.#reportTruncated(size, Number(this.#head.size), 'the file audit-head covers');
    }
  }

  #compareRoot(size: number, root: MerkleHash | null, signedRoot: MerkleHash, source: string): void {
    if (root === null) return;
    if (sameHash(root, signedRoot)) {
      this.#provenSize = size;
      this.#diverged = false;
      return;
    }
    if (this.#diverged) return;
    this.#diverged = true;
    const fromSeq = Math.min(size, this.#provenSize + 1);
    const what = nameEvents(fromSeq, size);
    const reason = `The ${source} over ${size} events has another root hash: changed since then, ${what}.`;
    this.#findings.add('audit.root-mismatch', fromSeq, size, reason);
  }

  /** Verifies a stored checkpoint; it must be one of this log and of the size it is filed under. */
  #open({ size, note }: StoredCheckpoint): Checkpoint | null {
    const verified = verifyCheckpoint(Buffer.from(note), [this.#history.key]);
    if (!verified.ok) {
      this.#findings.add(verified.code, size, size, `The stored checkpoint over ${size} events: ${verified.reason}`);
      return null;
    }
    const { checkpoint } = verified.value;
    if (checkpoint.origin !== originOf(this.#history.stationId) || checkpoint.size !== BigInt(size)) {
      const reason = `The checkpoint stored for ${size} events is one of ${checkpoint.origin} over ${checkpoint.size}.`;
      this.#findings.add('audit.checkpoint-foreign', size, size, reason);
      return null;
    }
    this.#verified += 1;
    return checkpoint;
  }

  #readHead(): Checkpoint | null {
    const size = this.#history.repository.lastSeq();
    const note = this.#history.headFile.read();
    if (note === null) {
      if (size > 0)
        this.#findings.add('audit.head-missing', size, size, 'The file audit-head is missing beside the log.');
      return null;
    }
    const verified = verifyCheckpoint(note, [this.#history.key]);
    if (!verified.ok) {
      this.#findings.add(verified.code, size, size, `The file audit-head: ${verified.reason}`);
      return null;
    }
    const { checkpoint } = verified.value;
    if (checkpoint.origin === originOf(this.#history.stationId)) return checkpoint;
    this.#findings.add('audit.checkpoint-foreign', size, size, `The file audit-head is one of ${checkpoint.origin}.`);
    return null;
  }

  #peek(): StoredCheckpoint | null {
    if (this.#page.length === 0) {
      this.#page = this.#history.repository.checkpointsAfter(this.#lastSize, pageLength);
      this.#lastSize = this.#page.at(-1)?.size ?? this.#lastSize;
    }
    return this.#page[0] ?? null;
  }

  #reportTruncated(size: number, signedSize: number, what: string): void {
    const reason = `The log was cut short: ${what} ${signedSize} events, but only ${size} are left.`;
    this.#findings.add('audit.truncated', size + 1, signedSize, reason);
  }
}
