import { constants, createPublicKey, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { sha256Hex } from '../digest.ts';
import type { ImageReader } from './image-source.ts';
import { TlvType } from './image-tlv.ts';
import type { ImageTlv } from './image-tlv.ts';
import { verifierOfStart } from './known-start.ts';
import type { HashedImage } from './verify-hash.ts';

/** A public key that a product's boot loader trusts. */
interface ImageKey {
  readonly key: KeyObject;
  readonly spkiSha256: string;
  /** What imgtool writes into the key hash TLV: SHA-256 of the PKCS#1 key for RSA, of the SubjectPublicKeyInfo otherwise. */
  readonly keyHash: string;
}

type SignatureKind = 'ecdsa-p256' | 'ecdsa-p384' | 'ed25519' | 'rsa-2048' | 'rsa-3072';

const SIGNATURE_TYPES: readonly number[] = [
  TlvType.rsa2048Pss,
  TlvType.ecdsa224,
  TlvType.ecdsa,
  TlvType.rsa3072Pss,
  TlvType.ed25519,
];
const KEY_HASH_BYTES = 32;
const LONGEST_PURE_BYTES = 64 << 20;

/** Reads DER SubjectPublicKeyInfo keys; throws on bytes that are none, since keys come from the trust store, not from a file. */
export function loadImageKeys(keys: readonly Uint8Array[]): ImageKey[] {
  return keys.map((der) => {
    const key = createPublicKey({ key: Buffer.from(der), format: 'der', type: 'spki' });
    const hashed = key.asymmetricKeyType === 'rsa' ? key.export({ format: 'der', type: 'pkcs1' }) : der;
    return { key, spkiSha256: sha256Hex(der), keyHash: sha256Hex(hashed) };
  });
}

/**
 * One signature that verifies suffices, as in the boot loader; each belongs to the key hash TLV right before it.
 * Returns the SHA-256 (hex) of the key's SubjectPublicKeyInfo.
 */
export function verifyImageSignature(
  reader: ImageReader,
  hashed: HashedImage,
  keys: readonly ImageKey[],
): Result<string> {
  const { tlvs } = hashed.image;
  const isPure = readPureMark(tlvs);
  if (!isPure.ok) return isPure;
  const signatures = tlvs.filter((tlv) => SIGNATURE_TYPES.includes(tlv.type));
  const missing = refuse('mcuboot.signature-missing', 'The image carries no signature.');
  const verdicts = signatures.map((signature) => {
    const keyHash = precedingKeyHash(tlvs, signature);
    const named = keys.filter((key) => keyHash === null || key.keyHash === keyHash);
    return isPure.value ? verifyPure(reader, hashed, signature, named) : verifyOne(reader, hashed, signature, named);
  });
  return verdicts.find((verdict) => verdict.ok) ?? verdicts[0] ?? missing;
}

/** True where the image itself is signed and not its hash (`bootutil_check_for_pure`: one byte, 1). */
function readPureMark(tlvs: readonly ImageTlv[]): Result<boolean> {
  const marks = tlvs.filter(({ type }) => type === TlvType.pureSignature);
  if (marks.every(({ value }) => value.byteLength === 1 && value[0] === 1)) return accept(marks.length > 0);
  return refuse('mcuboot.tlv-invalid', "The image's pure-signature TLV is not the one byte 01.");
}

/** MCUboot knows pure signatures of Ed25519 only; they need the image in memory, which a unit maps and we bound. */
function verifyPure(
  reader: ImageReader,
  hashed: HashedImage,
  tlv: ImageTlv,
  keys: readonly ImageKey[],
): Result<string> {
  const { hashedBytes } = hashed.image;
  if (tlv.type !== TlvType.ed25519 || hashedBytes > LONGEST_PURE_BYTES) {
    const reason = `The image is signed as a whole (pure signature), which is supported for Ed25519 and up to ${LONGEST_PURE_BYTES} bytes only.`;
    return refuse('mcuboot.algorithm-unsupported', reason);
  }
  const candidates = keys.filter(({ key }) => isKeyFor(tlv.type, key));
  if (candidates.length === 0) return refuseUnknownKey();
  const message = reader.read(0, hashedBytes);
  const signer = candidates.find(({ key }) => verify(null, message, key, tlv.value));
  return signer === undefined ? refuseInvalid() : accept(signer.spkiSha256);
}

/** Null where the image does not say which key; an older form with 4 bytes says too little to be used. */
function precedingKeyHash(tlvs: readonly ImageTlv[], signature: ImageTlv): string | null {
  const before = tlvs.slice(0, tlvs.indexOf(signature)).findLast((tlv) => tlv.type === TlvType.keyHash);
  return before?.value.byteLength === KEY_HASH_BYTES ? Buffer.from(before.value).toString('hex') : null;
}

function verifyOne(reader: ImageReader, hashed: HashedImage, tlv: ImageTlv, keys: readonly ImageKey[]): Result<string> {
  if (tlv.type === TlvType.ecdsa224) {
    return refuse('mcuboot.algorithm-unsupported', 'The image is signed with ECDSA P-224, which is not supported.');
  }
  const candidates = keys.filter((key) => isKeyFor(tlv.type, key.key));
  if (candidates.length === 0) return refuseUnknownKey();
  for (const { key, spkiSha256 } of candidates) {
    if (verifyWithKey(reader, hashed, tlv, key)) return accept(spkiSha256);
  }
  return refuseInvalid();
}

function refuseUnknownKey(): Result<never> {
  return refuse('mcuboot.key-unknown', "The image is signed with a key that is not among the product's image keys.");
}

function refuseInvalid(): Result<never> {
  return refuse('mcuboot.signature-invalid', "The image's signature does not verify under the product's image key.");
}

function isKeyFor(tlvType: number, key: KeyObject): boolean {
  const kind = signatureKind(key);
  if (tlvType === TlvType.ecdsa) return kind === 'ecdsa-p256' || kind === 'ecdsa-p384';
  if (tlvType === TlvType.ed25519) return kind === 'ed25519';
  return kind === (tlvType === TlvType.rsa2048Pss ? 'rsa-2048' : 'rsa-3072');
}

function signatureKind(key: KeyObject): SignatureKind | null {
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType === 'ed25519') return 'ed25519';
  if (key.asymmetricKeyType === 'ec') {
    if (details?.namedCurve === 'prime256v1') return 'ecdsa-p256';
    return details?.namedCurve === 'secp384r1' ? 'ecdsa-p384' : null;
  }
  if (key.asymmetricKeyType !== 'rsa') return null;
  if (details?.modulusLength === 2048) return 'rsa-2048';
  return details?.modulusLength === 3072 ? 'rsa-3072' : null;
}

/** The hash that the boot loader hands to each algorithm; Ed25519 signs the hash TLV's bytes as its message. */
function verifyWithKey(reader: ImageReader, hashed: HashedImage, tlv: ImageTlv, key: KeyObject): boolean {
  const kind = signatureKind(key);
  if (kind === 'ed25519') return verify(null, hashed.digest, key, tlv.value);
  if (hashed.hashName !== (kind === 'ecdsa-p384' ? 'sha384' : 'sha256')) return false;

  const context = verifierOfStart(reader, hashed.hashName, hashed.image.hashedBytes);
  if (tlv.type === TlvType.ecdsa) return context.verify({ key, dsaEncoding: 'der' }, trimSignaturePadding(tlv.value));
  return context.verify({ key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }, tlv.value);
}

/** imgtool `--pad-sig` appends up to two zero bytes to an ECDSA signature, for boot loaders before 1.5. */
function trimSignaturePadding(signature: Uint8Array): Uint8Array {
  const statedBytes = 2 + (signature[1] ?? 0);
  const padding = signature.subarray(statedBytes);
  return padding.byteLength <= 2 && padding.every((byte) => byte === 0)
    ? signature.subarray(0, statedBytes)
    : signature;
}
