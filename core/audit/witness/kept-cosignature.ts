import { accept, refuse, type Result } from '../../../contract/result.ts';
import { verifyCheckpoint } from '../checkpoint.ts';
import { timeOf } from '../cosignature.ts';
import { sameHash, type MerkleHash } from '../merkle-tree.ts';
import { parseVerifierKey, type VerifierKey } from '../verifier-key.ts';
import type { KeptCosignature } from './repository.ts';

/** A log as it is now, to be held against what a witness cosigned of it. */
export interface CosignedLog {
  /** The log's own key. */
  readonly key: VerifierKey;
  readonly size: number;
  /** Root hash over the first `size` events; null where the stored tree does not tell. */
  rootAt(size: number): MerkleHash | null;
}

/**
 * Holds a log against a cosignature that was kept of it. The witness's signature alone decides whether the log is contradicted: whoever rewrites
 * it with the station's key, or under another one, has no say in that. Believing the key by which it was kept is up to the caller.
 *
 * Refuses with `audit.cosignature-contradicted`, with `audit.cosignature-edited` where the row is not what was kept, and with
 * `audit.node-mismatch` where the tree is too damaged to tell.
 */
export function checkKeptCosignature(kept: KeptCosignature, log: CosignedLog): Result<void> {
  const { witness, size, verifierKey } = kept;
  const detail = { witness, size: String(size) };
  const refuseEdited = (why: string): Result<never> => {
    const reason = `The kept cosignature of ${witness} over ${size} events is not what was kept: ${why}`;
    return refuse('audit.cosignature-edited', reason, detail);
  };
  const key = parseVerifierKey(verifierKey);
  if (!key.ok) return refuseEdited(key.reason);
  const note = Buffer.from(kept.note);
  const verified = verifyCheckpoint(note, [key.value]);
  if (!verified.ok) return refuseEdited(verified.reason);
  const { checkpoint, signatures } = verified.value;
  if (checkpoint.origin !== log.key.name) return refuseEdited(`It is of the log ${checkpoint.origin}.`);
  const cosignedAtSeconds = signatures[0]?.cosignedAtSeconds;
  const isRow =
    key.value.name === witness &&
    String(checkpoint.size) === String(size) &&
    cosignedAtSeconds !== undefined &&
    timeOf(cosignedAtSeconds) === kept.cosignedAt;
  if (!isRow) return refuseEdited('Witness, size or time are others than those of its checkpoint.');
  if (size > log.size) {
    const reason = `${witness} cosigned ${size} events of this log, but it has only ${log.size}: it was put back or cut short.`;
    return refuse('audit.cosignature-contradicted', reason, { ...detail, logSize: log.size });
  }
  const root = log.rootAt(size);
  if (root === null) return refuse('audit.node-mismatch', `The tree over the first ${size} events is damaged.`, detail);
  if (!sameHash(root, checkpoint.root)) {
    const reason = `${witness} cosigned another history of this log: over ${size} events it saw the root hash ${hex(checkpoint.root)}, and the log has ${hex(root)}.`;
    return refuse('audit.cosignature-contradicted', reason, detail);
  }
  const own = verifyCheckpoint(note, [log.key]);
  return own.ok ? accept(undefined) : refuseEdited(own.reason);
}

function hex(hash: MerkleHash): string {
  return Buffer.from(hash).toString('hex');
}
