import type { AuditActor } from '../../contract/schema/audit.ts';
import type { JsonObject } from '../ports.ts';

/** What this room tells the audit log. */
export interface PolicyEvent {
  readonly type: 'policy.installed' | 'approval.signed' | 'approval.withdrawn';
  readonly actor: AuditActor;
  readonly outcome: 'done';
  readonly subject: { readonly bundle?: string; readonly approval?: string };
  readonly data: JsonObject;
}
