import { refuse, RefusalError, type Result } from '../../../contract/result.ts';
import type { OperatorView } from '../../../contract/schema/session.ts';
import type { AuditLog } from '../../audit/audit-log.ts';
import type { AuditEventDraft } from '../../audit/event.ts';
import { parseVerifierKey, type VerifierKey } from '../../audit/verifier-key.ts';
import type { NoteKeyKind, WitnessRepository } from '../../audit/witness/repository.ts';
import type { WitnessKey } from '../../audit/witness/witness-key.ts';
import type { Clock, Transact } from '../../ports.ts';
import { actorOf } from './audit-handlers.ts';

/** What all operations of cosigning work with. */
export interface CosigningDeps {
  readonly log: AuditLog;
  readonly repository: WitnessRepository;
  /** The key of this station's log. */
  readonly key: VerifierKey;
  readonly witnessKey: WitnessKey;
  readonly transact: Transact;
  readonly clock: Clock;
  readonly trustedNow: () => Result<Date>;
}

/** The keys of a kind that a person confirmed. Throws a `RefusalError` where one is none any more. */
export function confirmedKeys(repository: WitnessRepository, kind: NoteKeyKind): readonly VerifierKey[] {
  return repository.keys().flatMap((known) => (known.kind === kind ? [storedKey(known)] : []));
}

/** A key that was one when it was stored. */
export function storedKey({ verifierKey }: { readonly verifierKey: string }): VerifierKey {
  const key = parseVerifierKey(verifierKey);
  if (!key.ok) throw new RefusalError(key);
  return key.value;
}

export function refuseKeyUnknown(name: string): Result<never> {
  return refuse('audit.key-unknown', `No key of ${name} is confirmed here.`, { name });
}

export function record(
  { log }: Pick<CosigningDeps, 'log'>,
  operator: OperatorView,
  type: AuditEventDraft['type'],
  data: AuditEventDraft['data'],
): void {
  log.append({ type, actor: actorOf(operator), outcome: 'done', subject: {}, data });
}
