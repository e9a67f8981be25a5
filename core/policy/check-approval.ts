import { accept, refuse } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import type { ApprovalKind, ApprovalRecord, ApprovalStatement } from '../../contract/schema/policy.ts';
import type { OperatorId, OperatorView } from '../../contract/schema/session.ts';
import type { Sha256Hex } from '../digest.ts';
import { readStatement, verifyApproval } from './approval.ts';
import { checkApprover, checkImporter, checkReasonCode } from './approver.ts';
import type { Policy } from './policy-document.ts';

const HOUR_MS = 3_600_000;

/** What an approval is for, and all that it is judged by beside the unit at the bench. */
export interface ApprovalCircumstances {
  readonly kind: ApprovalKind;
  readonly bundleDigest: Sha256Hex;
  readonly product: string;
  readonly policy: Policy;
  readonly importerId: OperatorId;
  readonly now: Date;
  readonly operatorsById: ReadonlyMap<OperatorId, OperatorView>;
  /** Ids of approvals that were taken back. */
  readonly withdrawn: ReadonlySet<string>;
}

/** A recovery and a downgrade always need an approval of their own (REQ-OTA-VER-03), whatever the policy says of installing. */
export function requiredApprovals({ kind, policy }: Pick<ApprovalCircumstances, 'kind' | 'policy'>): number {
  const { required } = policy.document.approvals;
  return kind === 'install' ? required : Math.max(1, required);
}

/** An approval of something else is neither counted nor complained about. */
export function concerns(
  statement: ApprovalStatement,
  { kind, bundleDigest, product }: Pick<ApprovalCircumstances, 'kind' | 'bundleDigest' | 'product'>,
): boolean {
  return statement.kind === kind && statement.bundleDigest === bundleDigest && statement.product === product;
}

/**
 * Checks all of an approval that does not depend on the unit, the work order and the executor. Nothing that was true at signing is taken for granted.
 * Refuses with `policy.approval-…`, `policy.approver-…` or `policy.reason-code-missing`.
 */
export function checkStanding(record: ApprovalRecord, question: ApprovalCircumstances): Result<ApprovalStatement> {
  const claimed = readStatement(record);
  if (!claimed.ok) return claimed;
  const approver = question.operatorsById.get(claimed.value.operator.id);
  const trustedKey = approver?.publicKeySha256 ?? null;
  if (approver === undefined || trustedKey === null) {
    const reason = `No operator of this station has the key that signed in the name of ${claimed.value.operator.printedName}.`;
    return refuse('policy.approval-key-unknown', reason);
  }
  const verified = verifyApproval(record, trustedKey);
  if (!verified.ok) return verified;
  const statement = verified.value;
  const { document } = question.policy;
  return (
    checkNotWithdrawn(statement, question) ??
    checkPolicy(statement, question) ??
    checkTime(statement, question) ??
    checkApprover(approver, document) ??
    checkImporter(approver, question.importerId, document) ??
    checkReasonCode(statement.reasonCode, approver, document) ??
    accept(statement)
  );
}

function checkNotWithdrawn({ id, operator }: ApprovalStatement, { withdrawn }: ApprovalCircumstances): Refusal | null {
  if (!withdrawn.has(id)) return null;
  return refuse('policy.approval-withdrawn', `${operator.printedName} has taken the approval back.`);
}

function checkPolicy({ operator, policyDigest }: ApprovalStatement, { policy }: ApprovalCircumstances): Refusal | null {
  if (policyDigest === policy.digest) return null;
  return refuse(
    'policy.approval-policy-changed',
    `${operator.printedName} approved under a policy that has been replaced since.`,
  );
}

function checkTime(statement: ApprovalStatement, { policy, now }: ApprovalCircumstances): Refusal | null {
  const { printedName } = statement.operator;
  if (now.getTime() < Date.parse(statement.signedAt)) {
    const reason = `The approval by ${printedName} was signed on ${minute(statement.signedAt)}, later than the station's clock shows.`;
    return refuse('policy.approval-not-yet-valid', reason);
  }
  const endMs = expiryMs(statement, policy);
  if (now.getTime() < endMs) return null;
  const reason = `The approval by ${printedName} expired on ${minute(new Date(endMs).toISOString())}.`;
  return refuse('policy.approval-expired', reason);
}

/** What the statement says, but never longer than the policy allows. */
export function expiryMs({ signedAt, expiresAt }: ApprovalStatement, { document }: Policy): number {
  return Math.min(Date.parse(expiresAt), Date.parse(signedAt) + document.approvals.validForHours * HOUR_MS);
}

function minute(utc: string): string {
  return `${utc.slice(0, 10)} at ${utc.slice(11, 16)} UTC`;
}
