import type { ApprovalRecord } from '../../contract/schema/policy.ts';
import type { OperatorId } from '../../contract/schema/session.ts';
import type { Sha256Hex } from '../digest.ts';

/** One installed version of a policy. Versions are never changed or removed. */
export interface PolicyVersion {
  readonly digest: Sha256Hex;
  /** A product id, or `*`. */
  readonly product: string;
  /** Canonical JSON of the document. */
  readonly document: string;
  /** UTC */
  readonly installedAt: string;
  /** Null where the station installed its default. */
  readonly installedBy: OperatorId | null;
}

/** An approval and the columns by which it is found; its truth is the record alone. */
export interface StoredApproval {
  readonly id: string;
  readonly bundleDigest: Sha256Hex;
  readonly record: ApprovalRecord;
}

/** Where policies and approvals are kept; both are append-only. Writes belong in a transaction of the caller's. */
export interface PolicyRepository {
  insertPolicy(version: PolicyVersion): void;
  /** The version of this very product key (no fallback to `*`) that was installed last. */
  latestPolicy(product: string): PolicyVersion | null;
  /** Newest first. */
  listPolicies(limit: number): readonly PolicyVersion[];
  findPolicy(digest: Sha256Hex): PolicyVersion | null;
  insertApproval(approval: StoredApproval): void;
  findApproval(id: string): ApprovalRecord | null;
  /** The approval must be there, and not taken back before. */
  insertWithdrawal(approvalId: string, record: ApprovalRecord): void;
  hasWithdrawal(approvalId: string): boolean;
  /** Of the approvals of a bundle: approval's id → the signed statement by which it was taken back. */
  withdrawalsOf(bundleDigest: Sha256Hex): ReadonlyMap<string, ApprovalRecord>;
  /** In the order in which they were signed. */
  approvalsOf(bundleDigest: Sha256Hex): readonly ApprovalRecord[];
}
