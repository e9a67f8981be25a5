import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import type { AuditActor } from '../../contract/schema/audit.ts';
import type { OperatorId, OperatorView } from '../../contract/schema/session.ts';
import type { JsonObject } from '../ports.ts';
import { viewOperator } from './account.ts';
import type { Account } from './account.ts';
import type { OperatorPorts } from './authentication.ts';
import type { OperatorRepository } from './repository.ts';

/** Who asks for a change; an `OperatorView` is one. */
export type Actor = Pick<OperatorView, 'id' | 'username'>;

/** Refuses with `operator.unknown`. */
export function findAccount(repository: OperatorRepository, id: OperatorId): Result<Account> {
  const account = repository.findAccount(id);
  return account === null
    ? refuse('operator.unknown', `There is no operator ${id}.`, { operator: id })
    : accept(account);
}

/** Stores a changed account and its audit event, in the transaction that is open. */
export function storeChange(
  ports: OperatorPorts,
  account: Account,
  type:
    | 'operator.roles-changed'
    | 'operator.disabled'
    | 'operator.enabled'
    | 'operator.sessions-ended'
    | 'operator.unlocked'
    | 'operator.password-changed'
    | 'operator.factor-enrolled'
    | 'operator.factor-removed'
    | 'operator.factor-reset'
    | 'operator.recovery-codes-made',
  actor: Actor,
  facts: JsonObject,
): Result<OperatorView> {
  ports.repository.updateAccount(account);
  ports.audit.append({
    type,
    actor: actingOperator(actor),
    outcome: 'done',
    subject: { operator: account.id },
    data: { username: account.username, ...facts },
  });
  return accept(viewOperator(account, ports.clock.now(), ports.factorRule));
}

export function actingOperator({ id, username }: Actor): AuditActor {
  return { kind: 'operator', id, username };
}
