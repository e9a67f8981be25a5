import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { OperatorView } from '../../../contract/schema/session.ts';
import type { Cosigner } from '../../../contract/schema/witness.ts';
import type { VerifiedCheckpoint } from '../../audit/checkpoint.ts';
import { compareWithCheckpoint } from '../../audit/compare-with-checkpoint.ts';
import { timeOf } from '../../audit/cosignature.ts';
import { maxNoteLenBytes } from '../../audit/signed-note.ts';
import { formatVerifierKey } from '../../audit/verifier-key.ts';
import { checkWitnessRequest, type CheckedRequest } from '../../audit/witness/check-request.ts';
import { cosignRequest } from '../../audit/witness/cosign-request.ts';
import {
  formatWitnessRequest,
  maxRequestLenBytes,
  parseWitnessRequest,
  type WitnessRequest,
} from '../../audit/witness/witness-request.ts';
import { writeReportFiles } from '../../report/write-files.ts';
import type { Handlers } from '../dispatch.ts';
import { readBoundedFile } from '../read-bounded-file.ts';
import { keyFile, takeCheckpoint } from './checkpoint-files.ts';
import { confirmedKeys, record, refuseKeyUnknown, type CosigningDeps } from './cosigning.ts';

type CosigningHandlers = Pick<Handlers, 'audit.request-cosignature' | 'audit.cosign' | 'audit.add-cosignature'>;

/** Cosigning on removable media: the request of a log, the answer of a witness, and its way back. */
export function createCosigningHandlers(deps: CosigningDeps): CosigningHandlers {
  const { key, witnessKey, log, repository, transact, clock, trustedNow } = deps;
  // One medium may go round among several witnesses.
  const { keyIdHex } = witnessKey.verifierKey;
  return {
    'audit.request-cosignature': ({ folder, witness, from: given }, { operator }) => {
      if (witness !== null && !confirmedKeys(repository, 'witness').some(({ name }) => name === witness)) {
        return refuseKeyUnknown(witness);
      }
      const from = given ?? (witness === null ? 0 : repository.newestCosignedSize(witness));
      if (from > log.size()) {
        return refuse('audit.event-unknown', `The audit log has ${log.size()} events, not ${from}.`, { from });
      }
      const checkpoint = takeCheckpoint(deps, operator);
      if (!checkpoint.ok) return checkpoint;
      const size = log.size();
      const proof = from === 0 ? [] : log.consistencyProof(from, size);
      const note = Buffer.from(checkpoint.value);
      const bytes = formatWitnessRequest({ oldSize: BigInt(from), proof, note });
      const files = [{ name: `request-${size}.tlog-request`, bytes }, keyFile('station.vkey', key)];
      const written = writeReportFiles(folder, files);
      return written.ok ? accept({ size, from, files: [...written.value] }) : written;
    },
    'audit.cosign': ({ path, folder }, { operator }) => {
      const file = readBoundedFile(path, maxRequestLenBytes, 'The request');
      if (!file.ok) return file;
      const request = parseWitnessRequest(file.value);
      if (!request.ok) return request;
      const now = trustedNow();
      if (!now.ok) return now;
      // A folder that cannot be written into shows itself by a file that says nothing yet.
      const publicHalf = writeReportFiles(folder, [keyFile(`witness-${keyIdHex}.vkey`, witnessKey.verifierKey)]);
      if (!publicHalf.ok) return publicHalf;
      // Fail closed: the event and the new size are on the disk before there is a cosignature.
      const checked = transact(() => checkAndRecord(request.value, now.value, operator, deps));
      if (!checked.ok) return checked;
      const { checkpoint, size, from } = checked.value;
      const note = Buffer.from(cosignRequest(checked.value, witnessKey, now.value));
      const written = writeReportFiles(folder, [{ name: `cosigned-${size}-${keyIdHex}.txt`, bytes: note }]);
      if (!written.ok) return written;
      const at = wholeSeconds(now.value);
      return accept({ origin: checkpoint.origin, size, from, at, files: [...written.value, ...publicHalf.value] });
    },
    'audit.add-cosignature': ({ path }, { operator }) => {
      const file = readBoundedFile(path, maxNoteLenBytes, 'The checkpoint');
      if (!file.ok) return file;
      return transact(() => {
        const compared = compareWithCheckpoint(log, file.value, [key, ...confirmedKeys(repository, 'witness')]);
        if (!compared.ok) return compared;
        const added = keep(file.value, compared.value, deps);
        if (!added.ok) return added;
        const size = Number(compared.value.checkpoint.size);
        for (const { name, at } of added.value) {
          record(deps, operator, 'audit.cosignature-kept', { witness: name, size, cosignedAt: at });
        }
        return accept({ size, logSize: log.size(), added: [...added.value] });
      });
    },
  };

  function keep(
    note: Uint8Array,
    { checkpoint, signatures }: VerifiedCheckpoint,
    { repository: kept }: CosigningDeps,
  ): Result<readonly Cosigner[]> {
    const cosignatures = signatures.flatMap(({ key: witness, cosignedAtSeconds }) =>
      cosignedAtSeconds === undefined ? [] : [{ witness, at: timeOf(cosignedAtSeconds) }],
    );
    if (cosignatures.length === 0) {
      const reason = 'No witness that is confirmed here has cosigned this checkpoint.';
      return refuse('audit.cosignature-missing', reason);
    }
    const size = Number(checkpoint.size);
    const fresh = cosignatures.filter(({ witness }) => kept.cosignature({ witness: witness.name, size }) === null);
    if (fresh.length === 0) {
      const names = cosignatures.map(({ witness }) => witness.name).join(', ');
      const reason = `The cosignature of ${names} over ${size} events is kept already.`;
      return refuse('audit.cosignature-known', reason, { size });
    }
    const keptAt = clock.now().toISOString();
    for (const { witness, at } of fresh) {
      const verifierKey = formatVerifierKey(witness);
      kept.addCosignature({
        witness: witness.name,
        verifierKey,
        size,
        cosignedAt: at,
        note: Buffer.from(note).toString('utf8'),
        keptAt,
      });
    }
    return accept(fresh.map(({ witness, at }) => ({ name: witness.name, at })));
  }
}

/** In the transaction that is open: between the check and the new size no other request may come (C2SP tlog-witness). */
function checkAndRecord(
  request: WitnessRequest,
  now: Date,
  operator: OperatorView,
  deps: CosigningDeps,
): Result<CheckedRequest> {
  const { repository } = deps;
  const logKeys = confirmedKeys(repository, 'log');
  const logs = repository.witnessedLogs();
  const checked = checkWitnessRequest(request, logKeys, (of) => logs.find(({ origin }) => origin === of) ?? null);
  if (!checked.ok) return checked;
  const { checkpoint, size, from } = checked.value;
  const { origin, root } = checkpoint;
  const cosignedAt = wholeSeconds(now);
  record(deps, operator, 'audit.cosigned', {
    log: origin,
    size,
    rootSha256: Buffer.from(root).toString('hex'),
    from,
    cosignedAt,
  });
  repository.putWitnessedLog({ origin, size, root }, cosignedAt);
  return checked;
}

/** A cosignature's time has no fractions. */
function wholeSeconds(time: Date): string {
  return new Date(Math.floor(time.getTime() / 1000) * 1000).toISOString();
}
