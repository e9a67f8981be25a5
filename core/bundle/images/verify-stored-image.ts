import { accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { ManifestImage } from '../../../contract/schema/bundle.ts';
import { verifyMcubootHash } from '../../mcuboot/verify-hash.ts';
import { consumeContent, openContent } from '../stored-content.ts';
import { tryOnDisk } from '../storage-fault.ts';
import { withFileReader } from './file-reader.ts';
import { PassingHash } from './passing-hash.ts';
import { verifyEmbeddedImage } from './verify-embedded-image.ts';
import { verifyImage } from './verify-image.ts';

/** An image in the store. Plain data, so that it can cross to a worker thread. */
export interface StoredImage {
  /** The file that claims to be the image. */
  readonly path: string;
  readonly image: ManifestImage;
  /** The product's image keys, SubjectPublicKeyInfo in DER. */
  readonly imageKeys: readonly Uint8Array[];
  /** Where in a raw file the MCUboot image begins by which a unit will be known; null where the file is the image. */
  readonly rawImageOffset: number | null;
}

export interface VerifiedStoredImage {
  /** Hex: the hash that the image carries for its boot loader. */
  readonly bootHash: string;
  /** Version of the MCUboot image. */
  readonly version: string;
}

/**
 * Verifies an image as it lies on the disk now: length and SHA-256 (REQ-OTA-MAN-02), then all that its boot loader will check
 * (REQ-OTA-SIG-04). Reads it once where its signature is over SHA-256, in chunks, but a rare one again and in one go: an image
 * of more than a few MiB belongs into a thread.
 *
 * Refuses `bundle.stored-missing`, `bundle.stored-damaged`, `station.storage-failed`, or as `verifyImage`.
 */
export async function verifyStoredImage(stored: StoredImage): Promise<Result<VerifiedStoredImage>> {
  const { path, image, imageKeys } = stored;
  const hash = PassingHash.ofImage(image, imageKeys);
  const content = { sha256: image.hash, lenBytes: image.len };
  const read = await consumeContent(openContent(path, content, { hash }));
  if (!read.ok) return read;
  const checked = tryOnDisk(() => checkForBoot(stored, hash));
  return checked.ok ? checked.value : checked;
}

function checkForBoot(
  { path, image, imageKeys, rawImageOffset }: StoredImage,
  hash: PassingHash,
): Result<VerifiedStoredImage> {
  return withFileReader(path, image.len, (file) => {
    const reader = { ...file, knownStart: hash.knownStart() };
    const verified = verifyImage(reader, image, imageKeys);
    if (!verified.ok) return verified;
    const hashed =
      image.format === 'mcuboot' ? verifyMcubootHash(reader) : verifyEmbeddedImage(reader, rawImageOffset ?? 0, image);
    if (!hashed.ok) return hashed;
    const bootHash = Buffer.from(hashed.value.digest).toString('hex');
    return accept({ bootHash, version: hashed.value.image.version });
  });
}
