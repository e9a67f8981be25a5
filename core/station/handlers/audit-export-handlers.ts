import { accept, refuse } from '../../../contract/result.ts';
import { compareWithCheckpoint } from '../../audit/compare-with-checkpoint.ts';
import { timeOf } from '../../audit/cosignature.ts';
import { collectEvidence } from '../../audit/evidence.ts';
import { maxNoteLenBytes } from '../../audit/signed-note.ts';
import { formatVerifierKey, parseVerifierKey, type VerifierKey } from '../../audit/verifier-key.ts';
import { writeReportFiles } from '../../report/write-files.ts';
import type { Handlers } from '../dispatch.ts';
import { readBoundedFile } from '../read-bounded-file.ts';
import type { AuditHandlerDeps } from './audit-handlers.ts';
import { keyFile, takeCheckpoint } from './checkpoint-files.ts';

type AuditExportHandlers = Pick<
  Handlers,
  'audit.checkpoint' | 'audit.export-checkpoint' | 'audit.compare' | 'audit.export-event'
>;

export interface AuditExportDeps extends AuditHandlerDeps {
  /** Keys of witnesses that a person confirmed: their cosignatures always count. */
  readonly confirmedWitnesses: () => readonly VerifierKey[];
}

/** What of the log goes out of the station, and what comes back to be compared with it. */
export function createAuditExportHandlers(deps: AuditExportDeps): AuditExportHandlers {
  const { key, log, confirmedWitnesses } = deps;
  return {
    'audit.checkpoint': (_input, { operator }) => {
      const checkpoint = takeCheckpoint(deps, operator);
      return checkpoint.ok ? accept({ checkpoint: checkpoint.value, verifierKey: formatVerifierKey(key) }) : checkpoint;
    },
    'audit.export-checkpoint': ({ folder }, { operator }) => {
      const checkpoint = takeCheckpoint(deps, operator);
      if (!checkpoint.ok) return checkpoint;
      const size = log.size();
      const written = writeReportFiles(folder, [
        { name: `checkpoint-${size}.txt`, bytes: Buffer.from(checkpoint.value) },
        keyFile('station.vkey', key),
      ]);
      return written.ok ? accept({ size, files: [...written.value] }) : written;
    },
    'audit.compare': ({ path, witnessKeys }) => {
      const given: VerifierKey[] = [];
      for (const text of witnessKeys) {
        const witness = parseVerifierKey(text.trim());
        if (!witness.ok) return witness;
        given.push(witness.value);
      }
      const note = readBoundedFile(path, maxNoteLenBytes, 'The checkpoint');
      if (!note.ok) return note;
      const compared = compareWithCheckpoint(log, note.value, [key, ...confirmedWitnesses(), ...given]);
      if (!compared.ok) return compared;
      const { checkpoint, signatures } = compared.value;
      const cosignedBy = signatures.flatMap(({ key: { name }, cosignedAtSeconds }) =>
        cosignedAtSeconds === undefined ? [] : [{ name, at: timeOf(cosignedAtSeconds) }],
      );
      const notCosignedBy = given.flatMap(({ name, publicKey }) =>
        signatures.some((signature) => signature.key.publicKey.equals(publicKey)) ? [] : [name],
      );
      return accept({ size: Number(checkpoint.size), logSize: log.size(), cosignedBy, notCosignedBy });
    },
    'audit.export-event': ({ seq, folder }) => {
      const evidence = collectEvidence(seq, deps);
      if (!evidence.ok) return evidence;
      const { fault, inclusion, leaf } = evidence.value;
      // What does not prove anything is not handed out as a proof.
      if (fault !== null) return refuse(fault.code, fault.reason, { seq });
      if (inclusion === null) throw new Error('an event without a fault has its proof');
      const files = writeReportFiles(folder, [
        { name: `event-${seq}.json`, bytes: Buffer.from(leaf) },
        { name: `event-${seq}.tlog-proof`, bytes: Buffer.from(inclusion.proofFile) },
        keyFile('station.vkey', key),
      ]);
      return files.ok ? accept({ files: [...files.value] }) : files;
    },
  };
}
