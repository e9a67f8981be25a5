import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { accept, refuse, type Result } from '../../contract/result.ts';
import { sha256, sha256Hex } from '../digest.ts';
import { decodeBase64 } from './strict-base64.ts';

/** How a signed note's signature was made (C2SP signed-note, signature types). */
export type NoteSignatureType = 'ed25519' | 'ed25519-cosignature';

/** A public key whose signatures on notes are believed under its name. */
export interface VerifierKey {
  readonly name: string;
  readonly keyIdHex: string;
  readonly type: NoteSignatureType;
  readonly publicKey: KeyObject;
}

const typeBytes: Readonly<Record<NoteSignatureType, number>> = { ed25519: 0x01, 'ed25519-cosignature': 0x04 };

/** SubjectPublicKeyInfo of an Ed25519 key without the key itself (RFC 8410 §4). */
const ed25519SpkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const ed25519KeyLenBytes = 32;

/** A key name is not empty and holds neither a Unicode space nor '+' nor a control character (C2SP signed-note). */
export function isKeyName(name: string): boolean {
  return name !== '' && !/[\s+\u0000-\u001f\u0085]/u.test(name);
}

/** Makes the verifier key of an Ed25519 public key. */
export function makeVerifierKey(name: string, publicKey: KeyObject, type: NoteSignatureType = 'ed25519'): VerifierKey {
  if (!isKeyName(name)) throw new TypeError('the name of a note key is not empty and holds no space or +');
  return { name, keyIdHex: keyIdOf(name, keyMaterial(publicKey, type)), type, publicKey };
}

/** The key as one line of text: name+keyID+base64(type || public key) (C2SP signed-note, verifier keys). */
export function formatVerifierKey({ name, keyIdHex, type, publicKey }: VerifierKey): string {
  return `${name}+${keyIdHex}+${keyMaterial(publicKey, type).toString('base64')}`;
}

/** SHA-256 of the key's SubjectPublicKeyInfo, hex: the fingerprint that a person compares. */
export function keySha256Of({ publicKey }: VerifierKey): string {
  return sha256Hex(publicKey.export({ format: 'der', type: 'spki' }));
}

/** Reads a verifier key. Refuses with `audit.verifier-key-invalid`, also a key of another type than Ed25519. */
export function parseVerifierKey(vkey: string): Result<VerifierKey> {
  const [, name = '', keyIdHex, base64 = ''] = /^([^+]*)\+([0-9a-f]{8})\+(.{1,8192})$/su.exec(vkey) ?? [];
  const material = decodeBase64(base64);
  if (!isKeyName(name) || material === null) return refuseKey('it does not read name+keyID+key');
  if (keyIdOf(name, material) !== keyIdHex) return refuseKey(`its key ID is not ${keyIdOf(name, material)}`);
  const type = typeOf(material[0]);
  if (type === null) return refuseKey('only Ed25519 keys (types 01 and 04) are supported');
  const raw = material.subarray(1);
  if (raw.length !== ed25519KeyLenBytes)
    return refuseKey(`its key has ${raw.length} bytes instead of ${ed25519KeyLenBytes}`);
  const publicKey = createPublicKey({ key: Buffer.concat([ed25519SpkiPrefix, raw]), format: 'der', type: 'spki' });
  return accept({ name, keyIdHex, type, publicKey });
}

/** Checks an Ed25519 signature (RFC 8032) over the message. */
export function verifyEd25519(publicKey: KeyObject, message: Uint8Array, signature: Uint8Array): boolean {
  return verify(null, message, publicKey, signature);
}

/** First four bytes of SHA-256(name || 0x0A || type || public key), as hex. */
function keyIdOf(name: string, material: Uint8Array): string {
  return sha256(Buffer.from(`${name}\n`), material)
    .subarray(0, 4)
    .toString('hex');
}

function keyMaterial(publicKey: KeyObject, type: NoteSignatureType): Buffer {
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  if (!spki.subarray(0, ed25519SpkiPrefix.length).equals(ed25519SpkiPrefix)) throw new TypeError('not an Ed25519 key');
  return Buffer.concat([Buffer.of(typeBytes[type]), spki.subarray(ed25519SpkiPrefix.length)]);
}

function typeOf(byte: number | undefined): NoteSignatureType | null {
  if (byte === typeBytes.ed25519) return 'ed25519';
  if (byte === typeBytes['ed25519-cosignature']) return 'ed25519-cosignature';
  return null;
}

function refuseKey(why: string): Result<never> {
  return refuse('audit.verifier-key-invalid', `The verifier key cannot be used: ${why}.`);
}
