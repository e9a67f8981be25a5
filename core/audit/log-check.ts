import type { AuditVerification } from '../../contract/schema/audit.ts';
import { CheckpointCheck } from './checkpoint-check.ts';
import { parseLeaf } from './event.ts';
import { Findings, nameEvents } from './findings.ts';
import type { HeadFile } from './head-file.ts';
import { MerkleFrontier, type CompletedSubtree } from './merkle-frontier.ts';
import { hashLeaf, hashLenBytes, sameHash, type MerkleHash } from './merkle-tree.ts';
import type { AuditRepository, StoredEvent } from './repository.ts';
import type { VerifierKey } from './verifier-key.ts';
import { CosignatureCheck, type CosignedHistory } from './witness/cosignature-check.ts';

export interface AuditLogUnderTest {
  readonly repository: AuditRepository;
  readonly stationId: string;
  /** The log's own key. */
  readonly key: VerifierKey;
  readonly headFile: HeadFile;
  /** Where it is kept who cosigned the log. */
  readonly witnesses: CosignedHistory['witnesses'];
}

/** Rows per turn of the event loop: a few milliseconds' work, so that a window stays alive meanwhile. */
const pageLength = 100;

/** Checks a log that streams by from its first event; what was appended since it concluded can be checked on top. */
export class LogCheck {
  readonly #log: AuditLogUnderTest;
  readonly #findings = new Findings();
  readonly #checkpoints: CheckpointCheck;
  readonly #cosignatures: CosignatureCheck;
  #expectedSize: number;
  readonly #frontier = new MerkleFrontier();
  #lastRow = Number.MIN_SAFE_INTEGER;

  constructor(log: AuditLogUnderTest) {
    this.#log = log;
    // The head is read before the size: what is appended in between makes the log longer, never shorter, than its head.
    this.#checkpoints = new CheckpointCheck(log, this.#findings);
    this.#expectedSize = log.repository.lastSeq();
    this.#cosignatures = new CosignatureCheck(log, this.#findings);
    this.#cosignatures.begin(this.#expectedSize);
  }

  /** Events that are checked in this run, and in those before it. */
  get expectedSize(): number {
    return this.#expectedSize;
  }

  /** Goes on to what was appended since. Only for a log in which nothing was found: behind a fault nothing is proven. */
  extend(): void {
    this.#checkpoints.renewHead();
    this.#expectedSize = this.#log.repository.lastSeq();
    this.#cosignatures.begin(this.#expectedSize);
  }

  /** Events that were checked or found missing so far. */
  get size(): number {
    return this.#frontier.size;
  }

  nextPage(): StoredEvent[] {
    const rows = this.#log.repository.eventsAfter(this.#lastRow, pageLength);
    return rows.filter(({ seq }) => seq <= this.#expectedSize);
  }

  checkEvent(row: StoredEvent): void {
    this.#lastRow = row.seq;
    const expected = this.size + 1;
    if (row.seq < expected) {
      this.#findings.add('audit.event-moved', row.seq, row.seq, `An event stands at ${row.seq}, where none can be.`);
      return;
    }
    if (row.seq > expected) this.#skipMissing(expected, row.seq - 1);
    this.#frontier.append(this.#checkRow(row), this.#settleNode);
    this.#checkpoints.checkAt(this.size, this.#frontier.root());
  }

  /** Compares the log with its end as it was signed. */
  checkEnd(): void {
    const { repository } = this.#log;
    this.#checkpoints.checkEnd();
    const [size, nodeEnd] = [repository.lastSeq(), repository.lastNodeEnd()];
    if (nodeEnd > size) {
      const reason = `The log was cut short: its tree reaches to event ${nodeEnd}, but the last one left is event ${size}.`;
      this.#findings.add('audit.truncated', size + 1, nodeEnd, reason);
    }
    this.#cosignatures.checkTables();
  }

  /** When the events and the end were read: holds the log against some of the kept cosignatures; false where none is left. */
  checkCosignatures(): boolean {
    return this.#cosignatures.checkPage();
  }

  conclude(): AuditVerification {
    const root = this.#frontier.root();
    return {
      intact: this.#findings.list.length === 0,
      size: this.#expectedSize,
      rootSha256: root === null ? null : Buffer.from(root).toString('hex'),
      checkpoints: this.#checkpoints.verified,
      cosignatures: this.#cosignatures.summary,
      findings: this.#findings.list,
      findingsOmitted: this.#findings.omitted,
    };
  }

  #skipMissing(fromSeq: number, toSeq: number): void {
    const what = nameEvents(fromSeq, toSeq);
    this.#findings.add('audit.event-missing', fromSeq, toSeq, `Missing from the log: ${what}.`);
    this.#frontier.jump(toSeq, (level, position) => (level === 0 ? null : this.#log.repository.node(level, position)));
  }

  /** Reports at most one fault of a row, and gives the hash with which the tree above can still be checked. */
  #checkRow({ seq, leaf, leafHash }: StoredEvent): MerkleHash {
    const hash = hashLeaf(leaf);
    const report = (code: Parameters<Findings['add']>[0], reason: string) => this.#findings.add(code, seq, seq, reason);
    if (!sameHash(hash, leafHash)) {
      report('audit.leaf-edited', `Event ${seq} was edited: its text does not have the hash stored with it.`);
      return leafHash.length === hashLenBytes ? leafHash : hash;
    }
    const event = parseLeaf(leaf);
    if (!event.ok) report(event.code, `Event ${seq}: ${event.reason}`);
    else if (event.value.seq !== seq)
      report('audit.event-moved', `Event ${event.value.seq} stands in the place of event ${seq}.`);
    else if (event.value.station !== this.#log.stationId) {
      report('audit.event-invalid', `Event ${seq} was written by another station, ${event.value.station}.`);
    } else this.#cosignatures.readEvent(event.value);
    return hash;
  }

  /** Compares a subtree with the stored node, and goes on with the stored one: a fault is named once, where it is. */
  readonly #settleNode = ({ level, position, hash }: CompletedSubtree): MerkleHash | null => {
    const stored = this.#log.repository.node(level, position);
    if (stored !== null && (hash === null || sameHash(stored, hash))) return stored;
    const lenLeaves = 2 ** level;
    const toSeq = (position + 1) * lenLeaves;
    const fromSeq = Math.min(toSeq, Math.max(toSeq - lenLeaves, this.#checkpoints.provenSize) + 1);
    const what = nameEvents(fromSeq, toSeq);
    const reason =
      stored === null
        ? `The tree node over ${what} is missing.`
        : `The tree node over ${what} is not the hash of what it spans: one of them was changed.`;
    this.#findings.add('audit.node-mismatch', fromSeq, toSeq, reason);
    return stored?.length === hashLenBytes ? stored : hash;
  };
}
