import { refuse } from '../../contract/result.ts';
import type { Refusal } from '../../contract/result.ts';
import type { PendingApproval } from '../../contract/schema/approval.ts';
import type { ApprovalRecord, ApprovalStatement } from '../../contract/schema/policy.ts';
import type { OperatorView } from '../../contract/schema/session.ts';
import { readStatement } from './approval.ts';
import { checkApprover, checkImporter } from './approver.ts';
import { checkStanding, concerns, expiryMs, requiredApprovals, type ApprovalCircumstances } from './check-approval.ts';

type Standing = Pick<PendingApproval, 'required' | 'given' | 'approvals' | 'mayNotSign'>;

/**
 * What is still missing before the bundle may be installed on every unit, or null where nothing is. Approvals for single units or under one work
 * order are named and not counted: whether they are enough is known only at the bench.
 */
export function findMissingApprovals(
  records: readonly ApprovalRecord[],
  question: ApprovalCircumstances,
  asker: { readonly operator: OperatorView; readonly maySign: boolean },
): Standing | null {
  const { standing, general, required } = findStanding(records, question);
  const given = new Set(general.map(({ operator }) => operator.id));
  if (given.size >= required) return null;
  const refusal = checkMaySign(asker, given.has(asker.operator.id), question);
  return {
    required,
    given: given.size,
    approvals: standing.map((statement) => viewStanding(statement, question)),
    mayNotSign: refusal && { code: refusal.code, reason: refusal.reason },
  };
}

/** How many operators' approvals count for every unit, how many are needed or have ended by their time, and when the first that is needed ends to count. */
export function countApprovals(
  records: readonly ApprovalRecord[],
  question: ApprovalCircumstances,
): {
  readonly required: number;
  readonly given: number;
  readonly limited: number;
  readonly ended: number;
  readonly untilMs: number | null;
} {
  const { standing, general, required, endedOf } = findStanding(records, question);
  const lastOf = new Map<string, number>();
  for (const statement of general) {
    const { id } = statement.operator;
    lastOf.set(id, Math.max(lastOf.get(id) ?? 0, expiryMs(statement, question.policy)));
  }
  // The longest-lived that are enough: shorter ones beside them are not needed.
  const ends = [...lastOf.values()].toSorted((a, b) => b - a);
  const untilMs = ends.length < required ? null : (ends[required - 1] ?? null);
  return {
    required,
    given: lastOf.size,
    limited: standing.length - general.length,
    ended: [...endedOf].filter((id) => standing.every(({ operator }) => operator.id !== id)).length,
    untilMs,
  };
}

function findStanding(records: readonly ApprovalRecord[], question: ApprovalCircumstances) {
  const endedOf = new Set<string>();
  const standing = records.flatMap((record) => {
    const claimed = readStatement(record);
    if (!claimed.ok || !concerns(claimed.value, question)) return [];
    const checked = checkStanding(record, question);
    if (checked.ok) return [checked.value];
    if (checked.code === 'policy.approval-expired') endedOf.add(claimed.value.operator.id);
    return [];
  });
  const general = standing.filter(({ scope }) => scope.serials === '*' && scope.workOrder === null);
  return { standing, general, endedOf, required: requiredApprovals(question) };
}

function viewStanding(statement: ApprovalStatement, { policy }: ApprovalCircumstances): Standing['approvals'][number] {
  const { id, operator, signedAt, scope } = statement;
  return {
    id,
    operator: { id: operator.id, printedName: operator.printedName },
    signedAt,
    validUntil: new Date(expiryMs(statement, policy)).toISOString(),
    scope,
  };
}

function checkMaySign(
  { operator, maySign }: { readonly operator: OperatorView; readonly maySign: boolean },
  hasSigned: boolean,
  { policy, importerId }: ApprovalCircumstances,
): Refusal | null {
  if (!maySign) {
    const reason = `${operator.printedName} (${operator.roles.join(', ')}) may not sign approvals.`;
    return refuse('station.permission-denied', reason);
  }
  if (hasSigned) {
    const reason = `${operator.printedName} has signed already; the policy asks for somebody else.`;
    return refuse('policy.approver-signed', reason);
  }
  return checkApprover(operator, policy.document) ?? checkImporter(operator, importerId, policy.document);
}
