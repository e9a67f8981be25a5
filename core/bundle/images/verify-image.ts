import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { ImageSignature, ManifestImage } from '../../../contract/schema/bundle.ts';
import { sha256Hex } from '../../digest.ts';
import { IMAGE_MAGIC } from '../../mcuboot/image-header.ts';
import type { ImageReader, KnownStart } from '../../mcuboot/image-source.ts';
import { TlvType } from '../../mcuboot/image-tlv.ts';
import type { ImageTlv } from '../../mcuboot/image-tlv.ts';
import { parseMcubootImage } from '../../mcuboot/parse-image.ts';
import { verifyMcubootImage } from '../../mcuboot/verify-image.ts';
import { withFileReader } from './file-reader.ts';
import { algorithmOf, readImageKey, verifyRawImage } from './image-signature.ts';

/** Signature TLVs of MCUboot, by the algorithm that the manifest would name for them. */
export const SIGNATURE_TLVS: Readonly<Record<ImageSignature['algorithm'], readonly number[]>> = {
  'ecdsa-p256-sha256': [TlvType.ecdsa],
  'ecdsa-p384-sha384': [TlvType.ecdsa],
  ed25519: [TlvType.ed25519],
  'rsa-pss-sha256': [TlvType.rsa2048Pss, TlvType.rsa3072Pss],
};

/**
 * Checks a file, whose length and SHA-256 are already the manifest's, as the unit's boot loader will (REQ-OTA-SIG-04):
 * an MCUboot image's form, hash and signature, its security counter against the manifest's `version`, and `sig`.
 * `imageKeys` are the product's, SubjectPublicKeyInfo in DER; `knownStart` is of a file that was hashed as it was copied.
 *
 * Refuses with a `mcuboot.…` code, `bundle.image-format`, `bundle.image-counter`, `bundle.image-key-unknown` or
 * `bundle.image-signature`.
 */
export function verifyImageFile(
  path: string,
  image: ManifestImage,
  imageKeys: readonly Uint8Array[],
  knownStart: KnownStart | null = null,
): Result<void> {
  return withFileReader(path, image.len, (reader) => verifyImage({ ...reader, knownStart }, image, imageKeys));
}

/** As {@link verifyImageFile}, of an image that can be read in any order. */
export function verifyImage(reader: ImageReader, image: ManifestImage, imageKeys: readonly Uint8Array[]): Result<void> {
  if (image.sig === null) return verifyContents(reader, image, imageKeys);
  return verifyWithSignature(reader, image, image.sig, imageKeys);
}

function verifyWithSignature(
  reader: ImageReader,
  image: ManifestImage,
  sig: ImageSignature,
  imageKeys: readonly Uint8Array[],
): Result<void> {
  const spki = imageKeys.find((candidate) => sha256Hex(candidate) === sig.key);
  if (spki === undefined) {
    const reason = `${image.file} is signed with a key that is not pinned for this product (${sig.key}).`;
    return refuse('bundle.image-key-unknown', reason, { file: image.file, key: sig.key });
  }
  const key = readImageKey(spki);
  if (algorithmOf(key) !== sig.algorithm) return refuseSignature(image);
  const contents = verifyContents(reader, image, [spki]);
  if (!contents.ok) return contents;

  const verifies =
    image.format === 'mcuboot'
      ? carriesSignature(reader, sig)
      : verifyRawImage(sig, key, Buffer.from(image.hash, 'hex'), reader);
  return verifies ? accept(undefined) : refuseSignature(image);
}

function verifyContents(reader: ImageReader, image: ManifestImage, keys: readonly Uint8Array[]): Result<void> {
  return image.format === 'mcuboot' ? verifyMcuboot(reader, image, keys) : checkRaw(reader, image);
}

function verifyMcuboot(reader: ImageReader, image: ManifestImage, keys: readonly Uint8Array[]): Result<void> {
  const verified = verifyMcubootImage({ image: reader, keys });
  if (!verified.ok) return verified;
  const counter = verified.value.image.securityCounter;
  if (counter === image.version) return accept(undefined);
  const seen = counter === null ? 'no security counter' : `security counter ${counter}`;
  const reason = `${image.file} carries ${seen}, manifest.json says version ${image.version}.`;
  return refuse('bundle.image-counter', reason, { file: image.file, counter, version: image.version });
}

/** An MCUboot image that calls itself raw would reach the unit without any of MCUboot's checks. */
function checkRaw(reader: ImageReader, image: ManifestImage): Result<void> {
  const magic = Buffer.from(reader.read(0, Math.min(4, reader.lenBytes)));
  if (magic.length < 4 || magic.readUInt32LE(0) !== IMAGE_MAGIC) return accept(undefined);
  const reason = `${image.file} is an MCUboot image, but manifest.json gives its format as raw.`;
  return refuse('bundle.image-format', reason, { file: image.file });
}

/** `sig` of an MCUboot image is the value of its signature TLV, byte for byte. */
function carriesSignature(reader: ImageReader, sig: ImageSignature): boolean {
  const parsed = parseMcubootImage(reader);
  return parsed.ok && parsed.value.tlvs.some((tlv) => isSignature(tlv, sig));
}

function isSignature(tlv: ImageTlv, sig: ImageSignature): boolean {
  return SIGNATURE_TLVS[sig.algorithm].includes(tlv.type) && Buffer.from(sig.value, 'base64').equals(tlv.value);
}

function refuseSignature(image: ManifestImage): Result<void> {
  const reason = `The signature that manifest.json gives for ${image.file} does not belong to this image.`;
  return refuse('bundle.image-signature', reason, { file: image.file });
}
