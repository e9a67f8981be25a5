import { accept, refuse, type Result } from '../../contract/result.ts';
import { verifyCheckpoint, type VerifiedCheckpoint } from './checkpoint.ts';
import { hashLeaf, hashLenBytes, verifyInclusion, type MerkleHash } from './merkle-tree.ts';
import { decodeBase64 } from './strict-base64.ts';
import type { VerifierKey } from './verifier-key.ts';

/** An inclusion proof together with the checkpoint it leads to (C2SP tlog-proof): all that a verifier without the log needs. */
export interface TlogProof {
  /** Leaf index, from 0. */
  readonly index: bigint;
  /** Sibling hashes, leaf side first. */
  readonly hashes: readonly MerkleHash[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
  /** Data of the issuer that nothing vouches for; null where there is none. */
  readonly extra: Uint8Array | null;
}

const header = 'c2sp.org/tlog-proof@v1';
const maxLenCharacters = 1024 * 1024;
/** A tree of 2^64 leaves has 64 levels. */
const maxHashes = 64;

export function formatTlogProof({ index, hashes, checkpoint, extra }: TlogProof): string {
  const lines = [header];
  if (extra !== null) lines.push(`extra ${Buffer.from(extra).toString('base64')}`);
  lines.push(`index ${String(index)}`, ...hashes.map((hash) => Buffer.from(hash).toString('base64')));
  return `${lines.join('\n')}\n\n${checkpoint}`;
}

/** Reads a proof file, within bounds. Refuses with `audit.proof-malformed`. */
export function parseTlogProof(text: string): Result<TlogProof> {
  if (text.length > maxLenCharacters) return refuseProof(`it is longer than ${maxLenCharacters} characters`);
  const split = text.indexOf('\n\n');
  if (split < 0) return refuseProof('no checkpoint follows after an empty line');
  const [first, ...lines] = text.slice(0, split).split('\n');
  if (first !== header) return refuseProof(`its first line is not ${header}`);
  const extraLine = lines[0]?.startsWith('extra ') === true ? lines.shift() : undefined;
  const extra = extraLine === undefined ? null : decodeBase64(extraLine.slice('extra '.length));
  if (extraLine !== undefined && extra === null) return refuseProof('its extra line is not base64');
  const [, digits] = /^index (0|[1-9]\d{0,19})$/.exec(lines.shift() ?? '') ?? [];
  if (digits === undefined) return refuseProof('it gives no leaf index');
  if (lines.length > maxHashes) return refuseProof(`it has more than ${maxHashes} hashes`);
  const hashes: MerkleHash[] = [];
  for (const line of lines) {
    const hash = decodeBase64(line);
    if (hash?.length !== hashLenBytes) return refuseProof(`one of its hashes is not ${hashLenBytes} bytes in base64`);
    hashes.push(hash);
  }
  return accept({ index: BigInt(digits), hashes, checkpoint: text.slice(split + 2), extra });
}

/**
 * Verifies that the leaf is in the log that the checkpoint commits to, and that a trusted key signed the checkpoint.
 * Whose log it is, the caller compares by `checkpoint.origin`. Refuses with `audit.proof-invalid`, or why the checkpoint
 * is not a trusted one.
 */
export function verifyTlogProof(
  proof: TlogProof,
  leaf: Uint8Array,
  keys: readonly VerifierKey[],
): Result<VerifiedCheckpoint> {
  const verified = verifyCheckpoint(Buffer.from(proof.checkpoint), keys);
  if (!verified.ok) return verified;
  const { size, root } = verified.value.checkpoint;
  const claim = { leafIndex: proof.index, treeSize: size, leafHash: hashLeaf(leaf), proof: proof.hashes, root };
  if (verifyInclusion(claim)) return verified;
  const reason = `The proof does not show that entry ${proof.index} is among the ${size} that the checkpoint covers.`;
  return refuse('audit.proof-invalid', reason, { index: String(proof.index), size: String(size) });
}

function refuseProof(why: string): Result<never> {
  return refuse('audit.proof-malformed', `The inclusion proof cannot be read: ${why}.`);
}
