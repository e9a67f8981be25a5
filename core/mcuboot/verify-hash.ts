import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { findImageHash } from './image-hash.ts';
import type { ImageHash } from './image-hash.ts';
import { ImageFlag } from './image-header.ts';
import { toImageReader } from './image-source.ts';
import type { ImageReader, ImageSource } from './image-source.ts';
import { hashStart } from './known-start.ts';
import { parseMcubootImage } from './parse-image.ts';
import type { McubootImage } from './parse-image.ts';

export interface HashedImage {
  readonly image: McubootImage;
  readonly hashName: ImageHash['name'];
  /** The hash TLV, recomputed and found equal. */
  readonly digest: Uint8Array;
}

/**
 * Parses an image and recomputes its hash TLV; for images that carry no signature the whole check.
 *
 * Refuses as `parseMcubootImage`, and with `mcuboot.encrypted`, `mcuboot.hash-missing` or `mcuboot.hash-mismatch`.
 */
export function verifyMcubootHash(source: ImageSource): Result<HashedImage> {
  const reader = toImageReader(source);
  const image = parseMcubootImage(reader);
  return image.ok ? verifyHashOf(reader, image.value) : image;
}

/** Recomputes the hash of an image that was parsed already. Refuses as {@link verifyMcubootHash}. */
export function verifyHashOf(reader: ImageReader, image: McubootImage): Result<HashedImage> {
  if ((image.header.flags & (ImageFlag.encryptedAes128 | ImageFlag.encryptedAes256)) !== 0) {
    return refuse(
      'mcuboot.encrypted',
      'The image is encrypted; its hash covers the plain text, which only the unit sees, so it cannot be checked here.',
    );
  }
  const stated = findImageHash(image.tlvs);
  if (!stated.ok) return stated;

  const digest = hashStart(reader, stated.value.name, image.hashedBytes);
  if (!digest.equals(stated.value.digest)) {
    return refuse(
      'mcuboot.hash-mismatch',
      "The image's bytes do not match the hash that it carries; the file is damaged or was changed.",
      { stated: Buffer.from(stated.value.digest).toString('hex'), computed: digest.toString('hex') },
    );
  }
  return accept({ image, hashName: stated.value.name, digest });
}
