import { sign, type KeyObject } from 'node:crypto';
import { accept, refuse, type Result } from '../../contract/result.ts';
import { verifyCosignature } from './cosignature.ts';
import { decodeBase64 } from './strict-base64.ts';
import { isKeyName, verifyEd25519, type VerifierKey } from './verifier-key.ts';

/** A text with its signatures (C2SP signed-note). Nothing of it is verified yet. */
export interface SignedNote {
  /** What is signed; ends in a newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

export interface NoteSignature {
  readonly name: string;
  readonly keyIdHex: string;
  readonly bytes: Uint8Array;
}

/** A signature that verified. */
export interface VerifiedSignature {
  readonly key: VerifierKey;
  /** When a witness cosigned, by its own clock, in POSIX seconds. */
  readonly cosignedAtSeconds?: bigint;
}

/** Longest note that is read. */
export const maxNoteLenBytes = 1024 * 1024;
const maxSignatures = 100;
const keyIdLenBytes = 4;

/** Splits a note into text and signatures, within bounds. Refuses with `audit.note-malformed`. */
export function parseNote(note: Uint8Array): Result<SignedNote> {
  if (note.length > maxNoteLenBytes) return refuseNote(`it is longer than ${maxNoteLenBytes} bytes`);
  const whole = decodeUtf8(note);
  if (whole === null) return refuseNote('it is not UTF-8');
  // Newline is the only control character that a note may hold.
  if (/[\u0000-\u0009\u000b-\u001f]/.test(whole)) return refuseNote('it holds a control character');
  // The text itself may hold empty lines, so the last one is the separator.
  const split = whole.lastIndexOf('\n\n');
  if (split < 0 || !whole.endsWith('\n')) return refuseNote('no signatures follow its text after an empty line');
  const lines = whole
    .slice(split + 2)
    .split('\n')
    .slice(0, -1);
  if (lines.length === 0) return refuseNote('it has no signatures');
  if (lines.length > maxSignatures) return refuseNote(`it has more than ${maxSignatures} signatures`);
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const signature = parseSignatureLine(line);
    if (signature === null) return refuseNote('one of its signature lines does not read "— name base64"');
    signatures.push(signature);
  }
  return accept({ text: whole.slice(0, split + 1), signatures });
}

/**
 * Checks the note's signatures against the keys that are trusted. Signatures of other keys are ignored; one bad signature
 * of a trusted key spoils the note. Refuses with `audit.note-signature-invalid` or `audit.note-untrusted`.
 */
export function verifyNote(note: SignedNote, keys: readonly VerifierKey[]): Result<readonly VerifiedSignature[]> {
  const verified: VerifiedSignature[] = [];
  for (const signature of note.signatures) {
    const key = keys.find(({ name, keyIdHex }) => name === signature.name && keyIdHex === signature.keyIdHex);
    if (key === undefined) continue;
    const valid = verifySignature(note.text, signature, key);
    if (valid === null) {
      return refuse('audit.note-signature-invalid', `The signature of ${key.name} does not verify.`, {
        name: key.name,
      });
    }
    if (!verified.some((earlier) => earlier.key === key)) verified.push(valid);
  }
  if (verified.length > 0) return accept(verified);
  return refuse('audit.note-untrusted', 'No key that is trusted here has signed the note.', {
    signers: note.signatures.map(({ name }) => name).join(', '),
  });
}

/** Signs a text with an Ed25519 key (type 01). The text must end in a newline. */
export function signNote(text: string, key: VerifierKey, privateKey: KeyObject): string {
  if (!text.endsWith('\n')) throw new TypeError('the text of a note ends in a newline');
  return `${text}\n${formatSignatureLine(key, sign(null, Buffer.from(text), privateKey))}`;
}

/** One signature line with its newline; further lines may be put after a note's last one. */
export function formatSignatureLine({ name, keyIdHex }: VerifierKey, signature: Uint8Array): string {
  return `— ${name} ${Buffer.concat([Buffer.from(keyIdHex, 'hex'), signature]).toString('base64')}\n`;
}

function verifySignature(text: string, { bytes }: NoteSignature, key: VerifierKey): VerifiedSignature | null {
  switch (key.type) {
    case 'ed25519':
      return verifyEd25519(key.publicKey, Buffer.from(text), bytes) ? { key } : null;
    case 'ed25519-cosignature': {
      const cosignedAtSeconds = verifyCosignature(text, bytes, key.publicKey);
      return cosignedAtSeconds === null ? null : { key, cosignedAtSeconds };
    }
  }
}

function parseSignatureLine(line: string): NoteSignature | null {
  const [, name = '', base64 = ''] = /^— ([^ ]+) ([^ ]+)$/u.exec(line) ?? [];
  const decoded = decodeBase64(base64);
  if (!isKeyName(name) || decoded === null || decoded.length <= keyIdLenBytes) return null;
  return { name, keyIdHex: decoded.toString('hex', 0, keyIdLenBytes), bytes: decoded.subarray(keyIdLenBytes) };
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

function refuseNote(why: string): Result<never> {
  return refuse('audit.note-malformed', `The signed note cannot be read: ${why}.`);
}
