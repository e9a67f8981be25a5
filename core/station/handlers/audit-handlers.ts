import { accept, refuse } from '../../../contract/result.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { HeadFile } from '../../audit/head-file.ts';
import type { AuditRepository } from '../../audit/repository.ts';
import { formatVerifierKey, type VerifierKey } from '../../audit/verifier-key.ts';
import { verifyAuditLog } from '../../audit/verify-audit-log.ts';
import type { Transact } from '../../ports.ts';
import type { Handlers } from '../dispatch.ts';

type AuditHandlers = Pick<Handlers, 'audit.list' | 'audit.verify' | 'audit.checkpoint'>;

export interface AuditHandlerDeps {
  readonly log: AuditLog;
  readonly repository: AuditRepository;
  readonly headFile: HeadFile;
  readonly stationId: string;
  readonly key: VerifierKey;
  readonly transact: Transact;
}

/** The append-only log: read, verified, and its checkpoint handed out. */
export function createAuditHandlers(deps: AuditHandlerDeps): AuditHandlers {
  const { log, transact } = deps;
  return {
    'audit.list': ({ before, type, outcome, limit }) =>
      accept(
        log.list({
          limit,
          filter: { ...(type === null ? {} : { types: [type] }), ...(outcome === null ? {} : { outcome }) },
          ...(before === null ? {} : { before }),
        }),
      ),
    'audit.verify': async (_input, { operator }) => {
      const verification = await verifyAuditLog(deps);
      const { intact, size, findings } = verification;
      transact(() =>
        log.append({
          type: 'audit.verified',
          actor: { kind: 'operator', id: operator.id, username: operator.username },
          outcome: intact ? 'done' : 'failed',
          subject: {},
          data: { size, findings: findings.length },
        }),
      );
      return accept(verification);
    },
    'audit.checkpoint': (_input, { operator }) => {
      transact(() =>
        log.append({
          type: 'audit.checkpoint-exported',
          actor: { kind: 'operator', id: operator.id, username: operator.username },
          outcome: 'done',
          subject: {},
          data: { size: log.size() },
        }),
      );
      const checkpoint = log.checkpoint();
      if (checkpoint === null) return refuse('audit.event-unknown', 'The audit log is empty.');
      return accept({ checkpoint, verifierKey: formatVerifierKey(deps.key) });
    },
  };
}
