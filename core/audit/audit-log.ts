import { refuse, RefusalError, type Result } from '../../contract/result.ts';
import type { AuditEvent } from '../../contract/schema/audit.ts';
import type { Clock } from '../ports.ts';
import { leafOf, parseLeaf, type AuditEventDraft, type AuditWriter } from './event.ts';
import {
  buildConsistencyProof,
  buildInclusionProof,
  completeNodes,
  computeRoot,
  type ReadNode,
} from './merkle-nodes.ts';
import { hashLeaf, sameHash, type MerkleHash } from './merkle-tree.ts';
import type { AuditPage, AuditRepository, StoredEvent } from './repository.ts';

export interface AuditLogParts {
  readonly repository: AuditRepository;
  readonly stationId: string;
  readonly clock: Clock;
}

/** Most events that one `list` answers. */
export const maxPageLength = 1000;

/**
 * The station's append-only log: events in the order of their `seq` (from 1), each a leaf of an RFC 6962 tree with the
 * leaf index `seq - 1`. Time is the clock's and may go back; the order is that of `seq` alone.
 */
export class AuditLog implements AuditWriter {
  readonly #repository: AuditRepository;
  readonly #stationId: string;
  readonly #clock: Clock;
  #lastAppended = 0;

  constructor({ repository, stationId, clock }: AuditLogParts) {
    this.#repository = repository;
    this.#stationId = stationId;
    this.#clock = clock;
  }

  append(draft: AuditEventDraft): AuditEvent {
    const repository = this.#repository;
    // Fail closed: an event beside a transaction could be stored without the operation, or the operation without it.
    if (!repository.inTransaction()) throw new Error('an audit event is appended only inside a transaction');
    const seq = this.#checkedSize() + 1;
    const time = this.#clock.now().toISOString();
    const leaf = Buffer.from(leafOf({ ...draft, seq, time, station: this.#stationId }));
    const event = parseLeaf(leaf);
    if (!event.ok) throw new RefusalError(event);

    const leafHash = hashLeaf(leaf);
    repository.insertEvent({ seq, leaf, leafHash });
    for (const node of completeNodes(seq - 1, leafHash, this.#readNode)) {
      repository.insertNode(node.level, node.position, node.hash);
    }
    this.#lastAppended = seq;
    return event.value;
  }

  /** Number of events, hence the tree's size. */
  size(): number {
    return this.#repository.lastSeq();
  }

  /** RFC 6962 root hash over the first `size` events. */
  root(size = this.size()): MerkleHash {
    if (size < 0 || size > this.size()) throw new RangeError(`the log has ${this.size()} events, not ${size}`);
    return computeRoot(size, this.#readNode);
  }

  /** Refuses with `audit.event-unknown`, or with the fault of a stored event that was tampered with. */
  event(seq: number): Result<AuditEvent> {
    const stored = this.#repository.event(seq);
    if (stored === null) return refuse('audit.event-unknown', `The audit log has no event ${seq}.`, { seq });
    return readStored(stored);
  }

  /**
   * Events that match, newest first, at most `maxPageLength`; the next page has the last one's `seq` as `before`.
   * Throws a `RefusalError` where a stored event was tampered with.
   */
  list(page: AuditPage): AuditEvent[] {
    const limit = Math.min(Math.max(1, page.limit), maxPageLength);
    return this.#repository.findEvents({ ...page, limit }).map((stored) => {
      const event = readStored(stored);
      if (!event.ok) throw new RefusalError(event);
      return event.value;
    });
  }

  /** Sibling hashes that lead from the event's leaf hash to the root over the first `treeSize` events. */
  inclusionProof(seq: number, treeSize = this.size()): MerkleHash[] {
    return buildInclusionProof(seq - 1, this.#withinLog(treeSize), this.#readNode);
  }

  /** Proof that the log of `newSize` events begins with the log of `oldSize` ≥ 1 events. */
  consistencyProof(oldSize: number, newSize = this.size()): MerkleHash[] {
    return buildConsistencyProof(oldSize, this.#withinLog(newSize), this.#readNode);
  }

  /** The signed checkpoint over the whole log; null before the first event. Not to be asked inside a transaction that appended. */
  checkpoint(): string | null {
    const size = this.size();
    const newest = this.#repository.newestCheckpoint();
    if (size === 0) return null;
    if (newest?.size !== size) throw new Error(`no signed checkpoint covers event ${size} yet`);
    return newest.note;
  }

  /** A row that came in past this log must not be signed along with the next event. */
  #checkedSize(): number {
    const size = this.size();
    const sealed = this.#repository.newestCheckpoint()?.size ?? 0;
    if (size === sealed || size === this.#lastAppended) return size;
    const reason = `Audit event ${size} was not written by this station.`;
    throw new RefusalError(refuse('audit.unsealed', reason, { size, sealed }));
  }

  readonly #readNode: ReadNode = (level, position) => {
    const hash = level === 0 ? this.#repository.event(position + 1)?.leafHash : this.#repository.node(level, position);
    if (!hash) {
      const reason = `The audit log lacks the tree node ${position} of level ${level}; verify the log.`;
      throw new RefusalError(refuse('audit.node-mismatch', reason, { level, position }));
    }
    return hash;
  };

  #withinLog(treeSize: number): number {
    if (treeSize > this.size()) throw new RangeError(`the log has ${this.size()} events, not ${treeSize}`);
    return treeSize;
  }
}

/** Reads an event from its row; what the row's text says must be what its place and hash say. */
export function readStored({ seq, leaf, leafHash }: StoredEvent): Result<AuditEvent> {
  if (!sameHash(hashLeaf(leaf), leafHash)) {
    return refuse('audit.leaf-edited', `Audit event ${seq} was edited: its text does not have the stored hash.`, {
      seq,
    });
  }
  const event = parseLeaf(leaf);
  if (event.ok && event.value.seq !== seq) {
    const reason = `Audit event ${event.value.seq} stands in the place of event ${seq}.`;
    return refuse('audit.event-moved', reason, { seq, found: event.value.seq });
  }
  return event;
}
