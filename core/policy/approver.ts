import { refuse } from '../../contract/result.ts';
import type { Refusal } from '../../contract/result.ts';
import type { PolicyDocument } from '../../contract/schema/policy.ts';
import type { OperatorId, OperatorView } from '../../contract/schema/session.ts';

/** Asked when an approval is signed and again whenever it is used: an operator may have been disabled since. */
export function checkApprover(operator: OperatorView, policy: PolicyDocument): Refusal | null {
  const allowed: readonly string[] = policy.approvals.roles;
  const { printedName, roles } = operator;
  if (operator.status === 'disabled') {
    return refuse('policy.approver-not-allowed', `${printedName}'s account is disabled.`, { operator: operator.id });
  }
  if (roles.some((role) => allowed.includes(role))) return null;
  const reason = `${printedName} (${roles.join(', ')}) may not approve for this product; its policy allows: ${allowed.join(', ')}.`;
  return refuse('policy.approver-not-allowed', reason, { operator: operator.id });
}

export function checkImporter(operator: OperatorView, importerId: OperatorId, policy: PolicyDocument): Refusal | null {
  if (policy.approvals.importerMayApprove || operator.id !== importerId) return null;
  const reason = `${operator.printedName} imported this bundle and may not approve it as well.`;
  return refuse('policy.approver-imported', reason, { operator: operator.id });
}

export function checkReasonCode(
  reasonCode: string | null,
  operator: OperatorView,
  policy: PolicyDocument,
): Refusal | null {
  const { reasonCodes } = policy.approvals;
  if (reasonCodes.length === 0 || (reasonCode !== null && reasonCodes.includes(reasonCode))) return null;
  const given = reasonCode === null ? 'no reason code' : `the reason code "${reasonCode}"`;
  const reason = `${operator.printedName} gave ${given}; this product's policy asks for one of: ${reasonCodes.join(', ')}.`;
  return refuse('policy.reason-code-missing', reason, { reasonCode });
}
