import { RefusalError, refuse } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import type { OperatorId, OperatorView } from '../../contract/schema/session.ts';
import type { Account } from './account.ts';
import { findAccount, storeChange } from './account-change.ts';
import type { Actor } from './account-change.ts';
import type { OperatorPorts } from './authentication.ts';
import type { Passwords } from './passwords.ts';

/**
 * Lets a person who comes back use the account again, with a new initial password. The signing key of before stays withdrawn, so that
 * approvals that ended with the account do not come to life again; a second factor stays. Roles are those of before.
 * Refuses with `operator.unknown`, `operator.not-disabled` or as `Passwords.reset`.
 */
export async function enableAccount(
  { ports, passwords }: { readonly ports: OperatorPorts; readonly passwords: Passwords },
  actor: Actor,
  {
    id,
    initialPassword,
    reason,
  }: { readonly id: OperatorId; readonly initialPassword: string; readonly reason: string },
): Promise<Result<OperatorView>> {
  const found = findAccount(ports.repository, id);
  if (!found.ok) return found;
  if (found.value.status !== 'disabled') return refuseActive(found.value);
  return await passwords.reset(actor, id, initialPassword, (account) => {
    // Somebody else may have enabled it while the password was hashed: the dispatcher makes an answer of what unwinds the transaction.
    if (account.status !== 'disabled') throw new RefusalError(refuseActive(account));
    const enabled: Account = { ...account, status: 'active' };
    const stored = storeChange(ports, enabled, 'operator.enabled', actor, { reason });
    if (!stored.ok) throw new RefusalError(stored);
    return enabled;
  });
}

function refuseActive({ id, printedName }: Account): Refusal {
  return refuse('operator.not-disabled', `The account of ${printedName} is in use and needs no enabling.`, {
    operator: id,
  });
}
