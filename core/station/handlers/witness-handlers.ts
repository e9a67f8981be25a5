import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { ConfirmedNoteKey, CosignatureView } from '../../../contract/schema/witness.ts';
import { parseVerifierKey, type VerifierKey } from '../../audit/verifier-key.ts';
import { checkKeptCosignature } from '../../audit/witness/kept-cosignature.ts';
import { cosignedLog } from '../../audit/witness/newest-cosignatures.ts';
import type { ConfirmedKey, KeptCosignature, NoteKeyKind } from '../../audit/witness/repository.ts';
import { checkTypedFingerprint } from '../../trust/fingerprint.ts';
import type { Handlers } from '../dispatch.ts';
import { readBoundedFile } from '../read-bounded-file.ts';
import { viewNoteKey } from './checkpoint-files.ts';
import { record, refuseKeyUnknown, storedKey, type CosigningDeps } from './cosigning.ts';

type WitnessHandlers = Pick<
  Handlers,
  'audit.witnesses' | 'audit.inspect-key' | 'audit.confirm-key' | 'audit.remove-key'
>;

/** One line. */
const maxKeyLenBytes = 8 * 1024;
const maxCosignatures = 100;

/** Whom this station cosigns, and whose cosignatures it believes. */
export function createWitnessHandlers(deps: CosigningDeps): WitnessHandlers {
  const { key, witnessKey, log, transact, clock, repository } = deps;
  const findKey = (kind: NoteKeyKind, name: string): ConfirmedKey | undefined =>
    repository.keys().find((known) => known.kind === kind && known.name === name);
  return {
    'audit.witnesses': () =>
      accept({
        logSize: log.size(),
        ownLogKey: viewNoteKey(key),
        ownWitnessKey: viewNoteKey(witnessKey.verifierKey),
        keys: repository.keys().map(viewConfirmed),
        witnessed: repository.witnessedLogs().map(({ origin, size, root, cosignedAt }) => {
          return { origin, size, rootSha256: Buffer.from(root).toString('hex'), cosignedAt };
        }),
        cosignatures: repository.cosignatures(maxCosignatures).map((kept) => viewCosignature(kept, deps)),
      }),
    'audit.inspect-key': ({ path }) => {
      const file = readBoundedFile(path, maxKeyLenBytes, 'The verifier key');
      if (!file.ok) return file;
      const read = parseVerifierKey(file.value.toString('utf8').trim());
      return read.ok ? accept(viewNoteKey(read.value)) : read;
    },
    'audit.confirm-key': ({ verifierKey, typedFingerprint }, { operator }) => {
      const read = parseVerifierKey(verifierKey.trim());
      if (!read.ok) return read;
      const view = viewNoteKey(read.value);
      // The fingerprint first: nothing else that a wrong key says is worth telling.
      const typed = checkTypedFingerprint(typedFingerprint, view.keySha256);
      if (typed !== undefined) return typed;
      if ([key, witnessKey.verifierKey].some((own) => own.publicKey.equals(read.value.publicKey))) {
        return refuse('audit.witness-self', 'This is a key of this station itself, which cannot witness its own log.');
      }
      return transact(() => {
        const known = findKey(view.kind, view.name);
        if (known !== undefined) return refuseKnown(storedKey(known), read.value);
        const { kind, name, verifierKey: line } = view;
        repository.addKey({
          kind,
          name,
          verifierKey: line,
          confirmedAt: clock.now().toISOString(),
          confirmedBy: operator.username,
        });
        record(deps, operator, 'audit.key-confirmed', { ...view });
        return accept(view);
      });
    },
    'audit.remove-key': ({ kind, name }, { operator }) =>
      transact(() => {
        const known = findKey(kind, name);
        if (known === undefined) return refuseKeyUnknown(name);
        repository.removeKey(kind, name);
        const view = viewNoteKey(storedKey(known));
        record(deps, operator, 'audit.key-removed', { ...view });
        return accept(view);
      }),
  };
}

function refuseKnown(known: VerifierKey, given: VerifierKey): Result<never> {
  const reason = known.publicKey.equals(given.publicKey)
    ? `The key of ${known.name} is confirmed already.`
    : `Another key of ${known.name} is confirmed here. Find out why there are two before you remove the first.`;
  return refuse('audit.key-known', reason, { name: known.name });
}

function viewConfirmed(known: ConfirmedKey): ConfirmedNoteKey {
  return { ...viewNoteKey(storedKey(known)), confirmedAt: known.confirmedAt, confirmedBy: known.confirmedBy };
}

/** A cosignature counts as long as its witness is confirmed, and the log begins with what was signed. */
function viewCosignature(kept: KeptCosignature, { key, log, repository }: CosigningDeps): CosignatureView {
  const isConfirmed = repository.keys().some(({ verifierKey }) => verifierKey === kept.verifierKey);
  const verified = isConfirmed ? checkKeptCosignature(kept, cosignedLog(log, key)) : refuseKeyUnknown(kept.witness);
  const fault = verified.ok ? null : { code: verified.code, reason: verified.reason };
  return { name: kept.witness, at: kept.cosignedAt, size: kept.size, keptAt: kept.keptAt, fault };
}
