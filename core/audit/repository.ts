import type { AuditEventType, AuditOutcome } from '../../contract/schema/audit.ts';

/** A row of the log as it is stored; the bytes are those on the disk, whatever they are. */
export interface StoredEvent {
  readonly seq: number;
  readonly leaf: Uint8Array;
  readonly leafHash: Uint8Array;
}

/** A signed checkpoint that covers the first `size` events. */
export interface StoredCheckpoint {
  readonly size: number;
  readonly note: string;
}

/** Which events to list; what is left out does not restrict. */
export interface AuditFilter {
  readonly types?: readonly AuditEventType[];
  readonly outcome?: AuditOutcome;
  /** Id of the operator who acted. */
  readonly actor?: string;
  /** Username of the operator who acted. */
  readonly username?: string;
  readonly job?: string;
  readonly bundle?: string;
  readonly unit?: string;
  /** ISO times: `since` ≤ event < `until`. */
  readonly since?: string;
  readonly until?: string;
}

export interface AuditPage {
  readonly filter: AuditFilter;
  /** Only events with a lower seq. */
  readonly before?: number;
  /** Only events with a higher seq; the page is the one next to it. */
  readonly after?: number;
  readonly limit: number;
}

/** Where the log is kept. Inserts only ever add to the end; the store itself refuses everything else. */
export interface AuditRepository {
  inTransaction(): boolean;
  /** Highest seq, hence the tree's size; 0 for an empty log. */
  lastSeq(): number;
  event(seq: number): StoredEvent | null;
  /** Newest first. */
  findEvents(page: AuditPage): StoredEvent[];
  /** Every row above `seq` in ascending order, at most `limit`. */
  eventsAfter(seq: number, limit: number): StoredEvent[];
  /** Hash of the perfect subtree at (level ≥ 1, position). */
  node(level: number, position: number): Uint8Array | null;
  /** Number of leaves that the rightmost stored node spans up to; 0 without nodes. */
  lastNodeEnd(): number;
  newestCheckpoint(): StoredCheckpoint | null;
  checkpointsAfter(size: number, limit: number): StoredCheckpoint[];
  insertEvent(event: StoredEvent): void;
  insertNode(level: number, position: number, hash: Uint8Array): void;
  insertCheckpoint(checkpoint: StoredCheckpoint): void;
}
