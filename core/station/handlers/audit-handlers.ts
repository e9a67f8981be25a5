import { accept, refuse } from '../../../contract/result.ts';
import type { OperatorView } from '../../../contract/schema/session.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { AuditEventDraft } from '../../audit/event.ts';
import { collectEvidence, readRow } from '../../audit/evidence.ts';
import type { LogVerifier } from '../../audit/log-verifier.ts';
import type { AuditFilter, AuditRepository } from '../../audit/repository.ts';
import { formatVerifierKey, type VerifierKey } from '../../audit/verifier-key.ts';
import { recordVerification } from '../../audit/verification-event.ts';
import type { OperationInput } from '../../../contract/operations.ts';
import type { Transact } from '../../ports.ts';
import { writeReportFiles } from '../../report/write-files.ts';
import type { Handlers } from '../dispatch.ts';

type AuditHandlers = Pick<
  Handlers,
  | 'audit.list'
  | 'audit.search'
  | 'audit.show'
  | 'audit.verify'
  | 'audit.verification'
  | 'audit.checkpoint'
  | 'audit.export-event'
>;

export interface AuditHandlerDeps {
  readonly log: AuditLog;
  readonly repository: AuditRepository;
  readonly verifier: LogVerifier;
  readonly key: VerifierKey;
  readonly transact: Transact;
}

/** The append-only log: read, proven, verified, and its checkpoint handed out. */
export function createAuditHandlers(deps: AuditHandlerDeps): AuditHandlers {
  const { log, repository, transact, verifier } = deps;
  return {
    'audit.list': ({ before, type, outcome, limit }) =>
      accept(
        log.list({
          limit,
          filter: { ...(type === null ? {} : { types: [type] }), ...(outcome === null ? {} : { outcome }) },
          ...(before === null ? {} : { before }),
        }),
      ),
    'audit.search': (input) => {
      const { before, after, limit } = input;
      const stored = repository.findEvents({
        limit,
        filter: filterOf(input),
        ...(before === null ? {} : { before }),
        ...(after === null ? {} : { after }),
      });
      return accept({ rows: stored.map(readRow), size: log.size() });
    },
    'audit.show': ({ seq }) => collectEvidence(seq, deps),
    'audit.verify': async ({ scope = 'whole' }, { operator }) => {
      const known = verifier.state.verification;
      const verification = await verifier.verify(scope);
      // What reading the newest events finds goes on record where it is a new fault; else the log would grow by being looked at.
      const isNewFault = !verification.intact && verification !== known;
      if (scope === 'whole' || isNewFault) recordVerification(deps, verification, actorOf(operator));
      return accept(verification);
    },
    'audit.verification': () => accept(verifier.state),
    'audit.checkpoint': (_input, { operator }) => {
      transact(() =>
        log.append({
          type: 'audit.checkpoint-exported',
          actor: actorOf(operator),
          outcome: 'done',
          subject: {},
          data: { size: log.size() },
        }),
      );
      const checkpoint = log.checkpoint();
      if (checkpoint === null) return refuse('audit.event-unknown', 'The audit log is empty.');
      return accept({ checkpoint, verifierKey: formatVerifierKey(deps.key) });
    },
    'audit.export-event': ({ seq, folder }) => {
      const evidence = collectEvidence(seq, deps);
      if (!evidence.ok) return evidence;
      const { fault, inclusion, leaf, verifierKey } = evidence.value;
      // What does not prove anything is not handed out as a proof.
      if (fault !== null) return refuse(fault.code, fault.reason, { seq });
      if (inclusion === null) throw new Error('an event without a fault has its proof');
      const files = writeReportFiles(folder, [
        { name: `event-${seq}.json`, bytes: Buffer.from(leaf) },
        { name: `event-${seq}.tlog-proof`, bytes: Buffer.from(inclusion.proofFile) },
        { name: 'station.vkey', bytes: Buffer.from(`${verifierKey}\n`) },
      ]);
      return files.ok ? accept({ files: [...files.value] }) : files;
    },
  };
}

function filterOf({ type, outcome, operator, unit, since, until }: OperationInput<'audit.search'>): AuditFilter {
  return {
    ...(type === null ? {} : { types: [type] }),
    ...(outcome === null ? {} : { outcome }),
    ...(operator === null ? {} : { username: operator }),
    ...(unit === null ? {} : { unit }),
    ...(since === null ? {} : { since: new Date(since).toISOString() }),
    ...(until === null ? {} : { until: new Date(until).toISOString() }),
  };
}

function actorOf({ id, username }: OperatorView): AuditEventDraft['actor'] {
  return { kind: 'operator', id, username };
}
