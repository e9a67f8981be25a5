import { createHash, sign, verify, type KeyObject } from 'node:crypto';
import { findTlv, TlvType, type ImageTlv, type ParsedImage } from './image.ts';

export type HashName = 'sha256' | 'sha384' | 'sha512';

/** What a boot loader is built for: one hash and one kind of signature (MCUboot, `EXPECTED_HASH_TLV`, `EXPECTED_SIG_TLV`). */
interface SigningScheme {
  readonly hashName: HashName;
  readonly signatureTlv: number;
}

const HASH_TLVS = { sha256: TlvType.sha256, sha384: TlvType.sha384, sha512: TlvType.sha512 } as const;

/** As MCUboot's own configurations pair them: P-256 with SHA-256, P-384 with SHA-384, Ed25519 with SHA-512. */
function schemeOf(key: KeyObject): SigningScheme {
  if (key.asymmetricKeyType === 'ed25519') return { hashName: 'sha512', signatureTlv: TlvType.ed25519 };
  const isP384 = key.asymmetricKeyDetails?.namedCurve === 'secp384r1';
  return { hashName: isP384 ? 'sha384' : 'sha256', signatureTlv: TlvType.ecdsa };
}

/** The hash of a boot loader with this key, or of an image that it is to take; without a key SHA-256. */
export function hashNameOf(key: KeyObject | undefined): HashName {
  return key === undefined ? 'sha256' : schemeOf(key).hashName;
}

/** Hash TLV of the bytes that are hashed. */
export function hashTlv(hashName: HashName, hashed: Uint8Array): Pick<ImageTlv, 'type' | 'value'> {
  return { type: HASH_TLVS[hashName], value: createHash(hashName).update(hashed).digest() };
}

/** Signature TLV by a private key. Ed25519 signs the hash TLV's bytes as its message. */
export function signatureTlv(key: KeyObject, hashed: Uint8Array): Pick<ImageTlv, 'type' | 'value'> {
  const { hashName, signatureTlv: type } = schemeOf(key);
  if (type === TlvType.ecdsa) return { type, value: sign(hashName, hashed, key) };
  return { type, value: sign(null, hashTlv(hashName, hashed).value, key) };
}

/** The hash TLV covers header area, body and protected TLVs. Answers what is wrong with it. */
export function findHashFault(bytes: Uint8Array, image: ParsedImage, hashName: HashName): string | undefined {
  const name = hashName.replace('sha', 'SHA-');
  const stored = findTlv(image, HASH_TLVS[hashName]);
  if (stored === undefined) return `no single ${name} TLV`;
  const computed = hashTlv(hashName, bytes.subarray(0, image.hashedBytes)).value;
  return Buffer.from(computed).equals(stored.value) ? undefined : `${name} TLV does not match the image`;
}

/** The image is whole by the hash TLV that it carries, whichever boot loader it is for. */
export function isWhole(bytes: Uint8Array, image: ParsedImage): boolean {
  const names = ['sha256', 'sha384', 'sha512'] as const;
  return names.some((hashName) => findHashFault(bytes, image, hashName) === undefined);
}

/** Answers what is wrong with the signature under this public key. */
export function findSignatureFault(bytes: Uint8Array, image: ParsedImage, key: KeyObject): string | undefined {
  const { hashName, signatureTlv: type } = schemeOf(key);
  const stored = findTlv(image, type);
  if (stored === undefined) return `no single ${type === TlvType.ecdsa ? 'ECDSA' : 'Ed25519'} signature TLV`;
  const hashed = bytes.subarray(0, image.hashedBytes);
  const good =
    type === TlvType.ecdsa
      ? verify(hashName, hashed, key, stored.value)
      : verify(null, hashTlv(hashName, hashed).value, key, stored.value);
  return good ? undefined : 'signature does not verify';
}

/** The only hash TLV of an image, whichever boot loader it is for. */
export function findHash(image: ParsedImage): Uint8Array | undefined {
  const found = Object.values(HASH_TLVS).flatMap((type) => findTlv(image, type) ?? []);
  return found.length === 1 ? found[0]?.value : undefined;
}
