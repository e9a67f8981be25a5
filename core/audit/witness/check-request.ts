import { accept, refuse, type Result } from '../../../contract/result.ts';
import { parseCheckpoint, type Checkpoint } from '../checkpoint.ts';
import { sameHash, verifyConsistency, type MerkleHash } from '../merkle-tree.ts';
import { parseNote, verifyNote, type NoteSignature } from '../signed-note.ts';
import type { VerifierKey } from '../verifier-key.ts';
import { refuseRequest, type WitnessRequest } from './witness-request.ts';

/** What a refusal quotes must have its place in an audit event. */
const maxOriginLength = 1024;

/** The latest checkpoint of a log that was cosigned here. */
export interface WitnessedLog {
  readonly origin: string;
  readonly size: number;
  readonly root: MerkleHash;
}

/** A checkpoint that may be cosigned. */
export interface CheckedRequest {
  readonly checkpoint: Checkpoint;
  readonly size: number;
  /** What was cosigned before; 0 where nothing was. */
  readonly from: number;
  /** The checkpoint's text, and the signature of the log's key on it. */
  readonly text: string;
  readonly logKey: VerifierKey;
  readonly logSignature: NoteSignature;
}

/**
 * Checks as C2SP tlog-witness (add-checkpoint) demands that the log's key signed the checkpoint, and that it continues what was cosigned here
 * before. `logKeys` are those that a person confirmed; the caller holds `latestOf` and what it writes afterwards together in one transaction.
 *
 * Refuses with `audit.witness-log-unknown`, `audit.witness-rollback`, `audit.witness-fork`, `audit.witness-stale`,
 * `audit.witness-proof-invalid`, `audit.witness-request-malformed`, or why the checkpoint is no signed one.
 */
export function checkWitnessRequest(
  request: WitnessRequest,
  logKeys: readonly VerifierKey[],
  latestOf: (origin: string) => WitnessedLog | null,
): Result<CheckedRequest> {
  const note = parseNote(request.note);
  if (!note.ok) return note;
  const parsed = parseCheckpoint(note.value.text);
  if (!parsed.ok) return parsed;
  const checkpoint = parsed.value;
  const { origin } = checkpoint;
  if (origin.length > maxOriginLength)
    return refuseRequest(`the name of its log is longer than ${maxOriginLength} characters`);
  const logKey = logKeys.find(({ name, type }) => name === origin && type === 'ed25519');
  if (logKey === undefined) {
    const reason = `Nobody has confirmed a key of the log ${origin} here; nothing of it is cosigned before.`;
    return refuse('audit.witness-log-unknown', reason, { origin });
  }
  const signed = verifyNote(note.value, [logKey]);
  if (!signed.ok) return signed;
  const logSignature = note.value.signatures.find(
    ({ name, keyIdHex }) => name === logKey.name && keyIdHex === logKey.keyIdHex,
  );
  if (logSignature === undefined) throw new Error('a note that verified carries the signature of its key');
  const continued = checkContinues(request, checkpoint, latestOf(origin));
  if (!continued.ok) return continued;
  return accept({ checkpoint, ...continued.value, text: note.value.text, logKey, logSignature });
}

function checkContinues(
  { oldSize, proof }: WitnessRequest,
  { origin, size, root }: Checkpoint,
  latest: WitnessedLog | null,
): Result<{ readonly size: number; readonly from: number }> {
  if (oldSize > size) return refuseRequest('it says that more events were cosigned than the checkpoint covers');
  if (size === 0n) return refuseRequest('its checkpoint covers no event');
  if (size > BigInt(Number.MAX_SAFE_INTEGER))
    return refuseRequest('its checkpoint covers more events than can be counted');
  const from = latest?.size ?? 0;
  const known = BigInt(from);
  const detail = { origin, size: String(size), cosigned: from };
  if (size < known) {
    const reason = `The log ${origin} was put back: ${from} events of it were cosigned here, and the checkpoint covers only ${size}.`;
    return refuse('audit.witness-rollback', reason, detail);
  }
  if (latest !== null && size === known && !sameHash(root, latest.root)) {
    const reason = `The log ${origin} has two histories: over ${size} events the root hash ${hex(latest.root)} was cosigned here, and the checkpoint says ${hex(root)}.`;
    return refuse('audit.witness-fork', reason, detail);
  }
  if (oldSize !== known) {
    const reason = `The request begins at ${oldSize} events of the log ${origin}, but ${from} were cosigned here; ask with a request from ${from}.`;
    return refuse('audit.witness-stale', reason, { ...detail, old: String(oldSize) });
  }
  // A log that was never seen begins here: there is nothing to be consistent with.
  const isProven =
    latest === null
      ? proof.length === 0
      : verifyConsistency({ oldSize, newSize: size, oldRoot: latest.root, newRoot: root, proof });
  if (isProven) return accept({ size: Number(size), from });
  const reason = `The proof does not show that the ${size} events of the log ${origin} begin with the ${from} that were cosigned here: the log was changed, or the file is damaged.`;
  return refuse('audit.witness-proof-invalid', reason, detail);
}

function hex(hash: MerkleHash): string {
  return Buffer.from(hash).toString('hex');
}
