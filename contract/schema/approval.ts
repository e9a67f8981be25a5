import * as v from 'valibot';
import { ProductId, SecurityCounter, Sha256, UtcTime } from './bundle.ts';
import { ApprovalKind, ApprovalScope, ReasonCode } from './policy.ts';
import { OperatorId, PrintedName, Username } from './session.ts';

const ApprovalId = v.pipe(v.string(), v.uuid());

/** What an approver signs who takes an approval back, as canonical JSON (RFC 8785). */
export const WithdrawalStatement = v.strictObject({
  format: v.literal('drydock-approval-withdrawal/1'),
  approval: ApprovalId,
  /** SHA-256 of the text of the approval's statement. */
  approvalSha256: Sha256,
  bundleDigest: Sha256,
  reason: v.pipe(v.string(), v.minLength(1), v.maxLength(300), v.regex(/^[^\p{C}\p{Zl}\p{Zp}]+$/u)),
  operator: v.strictObject({ id: OperatorId, username: Username, printedName: PrintedName, publicKeySha256: Sha256 }),
  withdrawnAt: UtcTime,
  station: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
});
export type WithdrawalStatement = v.InferOutput<typeof WithdrawalStatement>;

/** An approval of which nothing but the unit, the work order and the executor is still open. */
export const StandingApproval = v.strictObject({
  id: ApprovalId,
  operator: v.strictObject({ id: OperatorId, printedName: PrintedName }),
  signedAt: UtcTime,
  /** When it ends to count. */
  validUntil: UtcTime,
  scope: ApprovalScope,
});
export type StandingApproval = v.InferOutput<typeof StandingApproval>;

/** A bundle that waits for approvals, seen by the operator who asks. */
export const PendingApproval = v.strictObject({
  bundleDigest: Sha256,
  product: v.strictObject({ id: ProductId, name: v.string() }),
  release: v.string(),
  changeControl: v.string(),
  /** Security counters of the images, in the order of the manifest. */
  versions: v.array(SecurityCounter),
  importedAt: UtcTime,
  importedBy: v.nullable(PrintedName),
  kind: ApprovalKind,
  policyDigest: Sha256,
  /** Not empty: an approver gives one of these. */
  reasonCodes: v.array(ReasonCode),
  /** Distinct operators that the policy asks for. */
  required: v.number(),
  /** Distinct operators whose approval counts for every unit under any work order. */
  given: v.number(),
  /** All that stand, those for single units and work orders too. */
  approvals: v.array(StandingApproval),
  /** Null where the operator who asks may sign; otherwise why not. */
  mayNotSign: v.nullable(v.strictObject({ code: v.string(), reason: v.string() })),
  /** The bundle expires then, and cannot be installed any more. */
  until: UtcTime,
});
export type PendingApproval = v.InferOutput<typeof PendingApproval>;

/** Whether a bundle has the approvals of one kind that it needs on every unit under any work order; as the station counts them at the time of the answer. */
export const ApprovalState = v.variant('state', [
  v.strictObject({
    bundleDigest: Sha256,
    state: v.literal('complete'),
    required: v.number(),
    /** When the first of the approvals that are needed ends to count; null where none is needed. */
    until: v.nullable(UtcTime),
  }),
  v.strictObject({
    bundleDigest: Sha256,
    state: v.literal('waiting'),
    required: v.number(),
    /** Distinct operators whose approval counts for every unit under any work order. */
    given: v.number(),
    /** Approvals beside these, for single units or under one work order; there they may be enough. */
    limited: v.number(),
    /** Distinct operators whose approval has ended by its time, and who gave none that counts. */
    ended: v.number(),
  }),
  v.strictObject({ bundleDigest: Sha256, state: v.literal('expired') }),
  /** No policy is in force for the product, so that nobody can say what is needed, and nothing can be installed. */
  v.strictObject({ bundleDigest: Sha256, state: v.literal('no-policy'), reason: v.string() }),
]);
export type ApprovalState = v.InferOutput<typeof ApprovalState>;
