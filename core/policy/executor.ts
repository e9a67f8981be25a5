import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import type { PolicyDocument } from '../../contract/schema/policy.ts';
import type { OperatorView } from '../../contract/schema/session.ts';

/** Whether the operator has a role that may execute updates of this product. Refuses with `policy.executor-not-allowed`. */
export function checkExecutor(policy: PolicyDocument, executor: OperatorView): Result<void> {
  const allowed: readonly string[] = policy.execution.roles;
  if (executor.status === 'active' && executor.roles.some((role) => allowed.includes(role))) return accept(undefined);
  const reason = `${executor.printedName} (${executor.roles.join(', ')}) may not execute updates of this product; its policy allows: ${allowed.join(', ')}.`;
  return refuse('policy.executor-not-allowed', reason, { operator: executor.id });
}
