import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { NoteKey } from '../../../contract/schema/witness.ts';
import type { OperatorView } from '../../../contract/schema/session.ts';
import { compareWithCheckpoint } from '../../audit/compare-with-checkpoint.ts';
import { collectEvidence } from '../../audit/evidence.ts';
import { formatVerifierKey, keySha256Of, parseVerifierKey, type VerifierKey } from '../../audit/verifier-key.ts';
import { writeReportFiles } from '../../report/write-files.ts';
import type { Handlers } from '../dispatch.ts';
import { readBoundedFile } from '../read-bounded-file.ts';
import { actorOf, type AuditHandlerDeps } from './audit-handlers.ts';

type AuditExportHandlers = Pick<
  Handlers,
  'audit.checkpoint' | 'audit.export-checkpoint' | 'audit.compare' | 'audit.inspect-key' | 'audit.export-event'
>;

/** One line. */
const maxKeyLenBytes = 8 * 1024;
/** As long as a signed note may be. */
const maxNoteLenBytes = 1024 * 1024;

/** What of the log goes out of the station, and what comes back to be compared with it. */
export function createAuditExportHandlers(deps: AuditHandlerDeps): AuditExportHandlers {
  const { key, log, transact } = deps;
  /** That a checkpoint was handed out is the last event that it covers. */
  const takeCheckpoint = (operator: OperatorView): Result<string> => {
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
    return checkpoint === null ? refuse('audit.event-unknown', 'The audit log is empty.') : accept(checkpoint);
  };
  return {
    'audit.checkpoint': (_input, { operator }) => {
      const checkpoint = takeCheckpoint(operator);
      return checkpoint.ok ? accept({ checkpoint: checkpoint.value, verifierKey: formatVerifierKey(key) }) : checkpoint;
    },
    'audit.export-checkpoint': ({ folder }, { operator }) => {
      const checkpoint = takeCheckpoint(operator);
      if (!checkpoint.ok) return checkpoint;
      const size = log.size();
      const written = writeReportFiles(folder, [
        { name: `checkpoint-${size}.txt`, bytes: Buffer.from(checkpoint.value) },
        keyFile(key),
      ]);
      return written.ok ? accept({ size, files: [...written.value] }) : written;
    },
    'audit.compare': ({ path, witnessKeys }) => {
      const witnesses: VerifierKey[] = [];
      for (const text of witnessKeys) {
        const witness = parseVerifierKey(text.trim());
        if (!witness.ok) return witness;
        witnesses.push(witness.value);
      }
      const note = readBoundedFile(path, maxNoteLenBytes, 'The checkpoint');
      if (!note.ok) return note;
      const compared = compareWithCheckpoint(log, note.value, [key, ...witnesses]);
      if (!compared.ok) return compared;
      const { checkpoint, signatures } = compared.value;
      const cosignedBy = signatures.flatMap(({ key: { name }, cosignedAtSeconds }) =>
        cosignedAtSeconds === undefined ? [] : [{ name, at: timeOf(cosignedAtSeconds) }],
      );
      return accept({ size: Number(checkpoint.size), logSize: log.size(), cosignedBy });
    },
    'audit.inspect-key': ({ path }) => {
      const file = readBoundedFile(path, maxKeyLenBytes, 'The verifier key');
      if (!file.ok) return file;
      const read = parseVerifierKey(file.value.toString('utf8').trim());
      return read.ok ? accept(viewNoteKey(read.value)) : read;
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
        keyFile(key),
      ]);
      return files.ok ? accept({ files: [...files.value] }) : files;
    },
  };
}

function viewNoteKey(key: VerifierKey): NoteKey {
  const kind = key.type === 'ed25519' ? 'log' : 'witness';
  return { kind, name: key.name, verifierKey: formatVerifierKey(key), keySha256: keySha256Of(key) };
}

function keyFile(key: VerifierKey): { readonly name: string; readonly bytes: Uint8Array } {
  return { name: 'station.vkey', bytes: Buffer.from(`${formatVerifierKey(key)}\n`) };
}

/** A witness may claim any time of 63 bits, also one that is none of the calendar. */
function timeOf(seconds: bigint): string | null {
  const time = new Date(Number(seconds) * 1000);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
