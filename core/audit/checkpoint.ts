import type { KeyObject } from 'node:crypto';
import { accept, refuse, type Result } from '../../contract/result.ts';
import { makeCosignature } from './cosignature.ts';
import { emptyRoot, hashLenBytes, sameHash, type MerkleHash } from './merkle-tree.ts';
import { formatSignatureLine, parseNote, signNote, verifyNote, type VerifiedSignature } from './signed-note.ts';
import { decodeBase64 } from './strict-base64.ts';
import type { VerifierKey } from './verifier-key.ts';

/** What a log commits to: so many events, under this root hash (C2SP tlog-checkpoint). */
export interface Checkpoint {
  readonly origin: string;
  readonly size: bigint;
  readonly root: MerkleHash;
  /** Further lines, none of them empty. Drydock writes none. */
  readonly extensions: readonly string[];
}

export interface VerifiedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly signatures: readonly VerifiedSignature[];
}

const maxSize = 2n ** 64n - 1n;

/** Origin and key name of a station's log. */
export function originOf(stationId: string): string {
  return `drydock/${stationId}`;
}

/** The signed text of a checkpoint: origin, size and root, a line each. */
export function formatCheckpoint({ origin, size, root, extensions }: Checkpoint): string {
  return [origin, String(size), Buffer.from(root).toString('base64'), ...extensions, ''].join('\n');
}

/** Reads a checkpoint's text. Refuses with `audit.checkpoint-malformed`. */
export function parseCheckpoint(text: string): Result<Checkpoint> {
  const lines = text.split('\n');
  if (lines.pop() !== '') return refuseCheckpoint('its last line does not end');
  const [origin = '', sizeText = '', rootText = '', ...extensions] = lines;
  if (origin === '') return refuseCheckpoint('its origin is empty');
  if (!/^(0|[1-9]\d{0,19})$/.test(sizeText)) return refuseCheckpoint('its tree size is not a decimal number');
  const size = BigInt(sizeText);
  if (size > maxSize) return refuseCheckpoint('its tree size needs more than 64 bits');
  const root = decodeBase64(rootText);
  if (root?.length !== hashLenBytes) return refuseCheckpoint(`its root hash is not ${hashLenBytes} bytes in base64`);
  if (size === 0n && !sameHash(root, emptyRoot()))
    return refuseCheckpoint('its tree is empty but its root hash is not');
  if (extensions.includes('')) return refuseCheckpoint('one of its extension lines is empty');
  return accept({ origin, size, root, extensions });
}

/** Signs a checkpoint with the log's key. */
export function signCheckpoint(checkpoint: Checkpoint, key: VerifierKey, privateKey: KeyObject): string {
  return signNote(formatCheckpoint(checkpoint), key, privateKey);
}

/**
 * Reads a signed checkpoint and verifies it under the trusted keys. Refuses with `audit.note-malformed`,
 * `audit.note-signature-invalid`, `audit.note-untrusted` or `audit.checkpoint-malformed`.
 */
export function verifyCheckpoint(note: Uint8Array, keys: readonly VerifierKey[]): Result<VerifiedCheckpoint> {
  const parsed = parseNote(note);
  if (!parsed.ok) return parsed;
  const signatures = verifyNote(parsed.value, keys);
  if (!signatures.ok) return signatures;
  const checkpoint = parseCheckpoint(parsed.value.text);
  return checkpoint.ok ? accept({ checkpoint: checkpoint.value, signatures: signatures.value }) : checkpoint;
}

/**
 * Adds a witness's cosignature to a signed checkpoint. The witness has verified before that the log's own key signed it
 * and that it is consistent with the last one it saw. `key` is of type `ed25519-cosignature`.
 */
export function cosignCheckpoint(note: string, key: VerifierKey, privateKey: KeyObject, time: Date): Result<string> {
  const parsed = parseNote(Buffer.from(note));
  if (!parsed.ok) return parsed;
  const timeSeconds = BigInt(Math.floor(time.getTime() / 1000));
  return accept(note + formatSignatureLine(key, makeCosignature(parsed.value.text, timeSeconds, privateKey)));
}

function refuseCheckpoint(why: string): Result<never> {
  return refuse('audit.checkpoint-malformed', `The checkpoint cannot be read: ${why}.`);
}
