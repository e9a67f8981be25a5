import type { AuditVerification } from '../../contract/schema/audit.ts';
import type { Transact } from '../ports.ts';
import type { AuditEventDraft, AuditWriter } from './event.ts';

/** That the log was verified, by whom, and what was found, is an event of the log. */
export function recordVerification(
  { transact, log }: { readonly transact: Transact; readonly log: AuditWriter },
  { intact, size, findings }: AuditVerification,
  actor: AuditEventDraft['actor'],
): void {
  transact(() =>
    log.append({
      type: 'audit.verified',
      actor,
      outcome: intact ? 'done' : 'failed',
      subject: {},
      data: { size, findings: findings.length },
    }),
  );
}
