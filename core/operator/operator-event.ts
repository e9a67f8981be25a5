import type { ErrorCode } from '../../contract/error-code.ts';
import type { AuditActor } from '../../contract/schema/audit.ts';
import type { OperatorId } from '../../contract/schema/session.ts';
import type { JsonObject } from '../ports.ts';

/** What this room tells the audit log. Never holds a password, a key, a token, or a typed name that is no account's. */
export interface OperatorEvent {
  readonly type:
    | 'operator.created'
    | 'operator.roles-changed'
    | 'operator.disabled'
    | 'operator.enabled'
    | 'operator.sessions-ended'
    | 'operator.unlocked'
    | 'operator.password-changed'
    | 'operator.factor-enrolled'
    | 'operator.factor-removed'
    | 'operator.factor-reset'
    | 'operator.factor-rule-changed'
    | 'operator.recovery-codes-made'
    | 'session.login'
    | 'session.logout'
    | 'session.expired';
  readonly actor: AuditActor;
  readonly outcome: 'done' | 'refused';
  readonly subject: { readonly operator?: OperatorId };
  /** Why it was refused. */
  readonly code?: ErrorCode;
  readonly data: JsonObject;
}
