import { accept, refuse } from '../../contract/result.ts';
import type { Refusal, RefusalDetail, Result } from '../../contract/result.ts';
import type { ApprovalKind, ApprovalRecord, ApprovalStatement } from '../../contract/schema/policy.ts';
import type { OperatorId, OperatorView } from '../../contract/schema/session.ts';
import type { Sha256Hex } from '../digest.ts';
import { readStatement, verifyApproval } from './approval.ts';
import { checkApprover, checkImporter, checkReasonCode } from './approver.ts';
import type { Policy } from './policy-document.ts';

const HOUR_MS = 3_600_000;

/** What is to be done, by whom and when: what the approvals must cover. */
export interface ApprovalQuestion {
  readonly kind: ApprovalKind;
  readonly bundleDigest: Sha256Hex;
  readonly product: string;
  /** Null where the unit does not tell; then only approvals for all serial numbers cover it. */
  readonly serial: string | null;
  readonly workOrder: string | null;
  /** Security counter of the image; a downgrade must be approved to this very one. */
  readonly imageVersion: number;
  readonly policy: Policy;
  /** Whoever starts the update, and whoever goes on with it. */
  readonly executorIds: readonly OperatorId[];
  readonly importerId: OperatorId;
  readonly now: Date;
  readonly operatorsById: ReadonlyMap<OperatorId, OperatorView>;
}

export interface CountedApprovals {
  /** One per approver. */
  readonly statements: readonly ApprovalStatement[];
  /** When the first of them expires (UTC); null where none is required. */
  readonly validUntil: string | null;
}

/**
 * Decides whether enough distinct operators have approved (REQ-OTA-POL-01, REQ-OTA-POL-02). Nothing that was true at
 * signing is taken for granted: signature, key, role, policy, time and scope are all checked now.
 * Refuses with `policy.approvals-missing`, whose sentence says how many count and why each other one does not; `detail`
 * holds the code for each of those under the approval's id.
 */
export function evaluateApprovals(
  records: readonly ApprovalRecord[],
  question: ApprovalQuestion,
): Result<CountedApprovals> {
  const required = requiredApprovals(question);
  const byApprover = new Map<OperatorId, ApprovalStatement>();
  const refused: { readonly name: string; readonly refusal: Refusal }[] = [];
  for (const record of records) {
    const claimed = readStatement(record);
    if (claimed.ok && !concerns(claimed.value, question)) continue;
    const checked = claimed.ok ? checkApproval(record, claimed.value, question) : claimed;
    if (checked.ok) byApprover.set(checked.value.operator.id, checked.value);
    else refused.push({ name: claimed.ok ? claimed.value.id : `unreadable ${refused.length + 1}`, refusal: checked });
  }
  const statements = [...byApprover.values()];
  if (statements.length < required) return refuseMissing(question, required, statements, refused);
  const expiries = statements.map((statement) => expiryMs(statement, question.policy));
  return accept({
    statements,
    validUntil: expiries.length === 0 ? null : new Date(Math.min(...expiries)).toISOString(),
  });
}

/** A recovery and a downgrade always need an approval of their own (REQ-OTA-VER-03), whatever the policy says of installing. */
function requiredApprovals({ kind, policy }: ApprovalQuestion): number {
  const { required } = policy.document.approvals;
  return kind === 'install' ? required : Math.max(1, required);
}

/** An approval of something else is neither counted nor complained about. */
function concerns(statement: ApprovalStatement, { kind, bundleDigest, product }: ApprovalQuestion): boolean {
  return statement.kind === kind && statement.bundleDigest === bundleDigest && statement.product === product;
}

function checkApproval(
  record: ApprovalRecord,
  claimed: ApprovalStatement,
  question: ApprovalQuestion,
): Result<ApprovalStatement> {
  const approver = question.operatorsById.get(claimed.operator.id);
  const trustedKey = approver?.publicKeySha256 ?? null;
  if (approver === undefined || trustedKey === null) {
    const reason = `No operator of this station has the key that signed in the name of ${claimed.operator.printedName}.`;
    return refuse('policy.approval-key-unknown', reason);
  }
  const verified = verifyApproval(record, trustedKey);
  if (!verified.ok) return verified;
  const statement = verified.value;
  const { document } = question.policy;
  return (
    checkPolicy(statement, question) ??
    checkTime(statement, question) ??
    checkScope(statement, question) ??
    checkApprover(approver, document) ??
    checkImporter(approver, question.importerId, document) ??
    checkReasonCode(statement.reasonCode, approver, document) ??
    checkExecutes(approver, question) ??
    accept(statement)
  );
}

function checkPolicy({ operator, policyDigest }: ApprovalStatement, { policy }: ApprovalQuestion): Refusal | null {
  if (policyDigest === policy.digest) return null;
  return refuse(
    'policy.approval-policy-changed',
    `${operator.printedName} approved under a policy that has been replaced since.`,
  );
}

function checkTime(statement: ApprovalStatement, { policy, now }: ApprovalQuestion): Refusal | null {
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
function expiryMs({ signedAt, expiresAt }: ApprovalStatement, { document }: Policy): number {
  return Math.min(Date.parse(expiresAt), Date.parse(signedAt) + document.approvals.validForHours * HOUR_MS);
}

function checkScope(
  statement: ApprovalStatement,
  { serial, workOrder, imageVersion }: ApprovalQuestion,
): Refusal | null {
  const { scope, operator, downgrade } = statement;
  const by = `The approval by ${operator.printedName}`;
  if (scope.serials !== '*' && (serial === null || !scope.serials.includes(serial))) {
    return refuse(
      'policy.approval-out-of-scope',
      `${by} does not cover the unit ${serial ?? 'without a serial number'}.`,
    );
  }
  if (scope.workOrder !== null && scope.workOrder !== workOrder) {
    return refuse(
      'policy.approval-out-of-scope',
      `${by} is for the work order ${scope.workOrder}, not ${workOrder ?? 'for none'}.`,
    );
  }
  if (downgrade !== null && downgrade.toVersion !== imageVersion) {
    return refuse(
      'policy.approval-out-of-scope',
      `${by} is for a downgrade to version ${downgrade.toVersion}, not to ${imageVersion}.`,
    );
  }
  return null;
}

function checkExecutes(approver: OperatorView, { executorIds, policy }: ApprovalQuestion): Refusal | null {
  if (!policy.document.execution.separateFromApprover || !executorIds.includes(approver.id)) return null;
  const reason = `${approver.printedName} executes this update, so that operator's own approval does not count.`;
  return refuse('policy.approver-executes', reason);
}

function refuseMissing(
  { kind }: ApprovalQuestion,
  required: number,
  counted: readonly ApprovalStatement[],
  refused: readonly { readonly name: string; readonly refusal: Refusal }[],
): Refusal {
  const detail: Record<string, RefusalDetail[string]> = { kind, required, counted: counted.length };
  for (const { name, refusal } of refused) detail[name] = refusal.code;
  const why = refused.map(({ refusal }) => refusal.reason.replace(/\.$/, ''));
  const found = `${counted.length} of ${required} approvals of this ${kind} count`;
  return refuse('policy.approvals-missing', `${[found, ...why].join('; ')}.`, detail);
}

function minute(utc: string): string {
  return `${utc.slice(0, 10)} at ${utc.slice(11, 16)} UTC`;
}
