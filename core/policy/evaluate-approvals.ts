import { accept, refuse } from '../../contract/result.ts';
import type { Refusal, RefusalDetail, Result } from '../../contract/result.ts';
import type { ApprovalRecord, ApprovalStatement } from '../../contract/schema/policy.ts';
import type { OperatorId } from '../../contract/schema/session.ts';
import { readStatement } from './approval.ts';
import { checkStanding, concerns, expiryMs, requiredApprovals, type ApprovalCircumstances } from './check-approval.ts';

/** What is to be done, by whom and when: what the approvals must cover. */
export interface ApprovalQuestion extends ApprovalCircumstances {
  /** Null where the unit does not tell; then only approvals for all serial numbers cover it. */
  readonly serial: string | null;
  readonly workOrder: string | null;
  /** Security counter of the image; a downgrade must be approved to this very one. */
  readonly imageVersion: number;
  /** Whoever starts the update, and whoever goes on with it. */
  readonly executorIds: readonly OperatorId[];
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
    const checked = claimed.ok ? checkApproval(record, question) : claimed;
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

function checkApproval(record: ApprovalRecord, question: ApprovalQuestion): Result<ApprovalStatement> {
  const standing = checkStanding(record, question);
  if (!standing.ok) return standing;
  const statement = standing.value;
  return checkScope(statement, question) ?? checkExecutes(statement, question) ?? standing;
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

function checkExecutes({ operator }: ApprovalStatement, { executorIds, policy }: ApprovalQuestion): Refusal | null {
  if (!policy.document.execution.separateFromApprover || !executorIds.includes(operator.id)) return null;
  const reason = `${operator.printedName} executes this update, so that operator's own approval does not count.`;
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
