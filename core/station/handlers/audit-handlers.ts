import { accept } from '../../../contract/result.ts';
import type { OperatorView } from '../../../contract/schema/session.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { AuditEventDraft } from '../../audit/event.ts';
import { collectEvidence, readRow } from '../../audit/evidence.ts';
import type { LogVerifier } from '../../audit/log-verifier.ts';
import type { AuditFilter, AuditRepository } from '../../audit/repository.ts';
import type { VerifierKey } from '../../audit/verifier-key.ts';
import { recordVerification } from '../../audit/verification-event.ts';
import type { OperationInput } from '../../../contract/operations.ts';
import type { Transact } from '../../ports.ts';
import type { Handlers } from '../dispatch.ts';

type AuditReadHandlers = Pick<
  Handlers,
  'audit.list' | 'audit.search' | 'audit.show' | 'audit.verify' | 'audit.verification'
>;

export interface AuditHandlerDeps {
  readonly log: AuditLog;
  readonly repository: AuditRepository;
  readonly verifier: LogVerifier;
  readonly key: VerifierKey;
  readonly transact: Transact;
}

/** The append-only log: read, proven and verified. */
export function createAuditHandlers(deps: AuditHandlerDeps): AuditReadHandlers {
  const { log, repository, verifier } = deps;
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

/** Who asks, as the log names them. */
export function actorOf({ id, username }: OperatorView): AuditEventDraft['actor'] {
  return { kind: 'operator', id, username };
}
