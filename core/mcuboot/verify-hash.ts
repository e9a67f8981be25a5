import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { ImageFlag } from './image-header.ts';
import { toImageReader } from './image-source.ts';
import type { ImageReader, ImageSource } from './image-source.ts';
import { TlvType } from './image-tlv.ts';
import type { ImageTlv } from './image-tlv.ts';
import { hashStart } from './known-start.ts';
import { parseMcubootImage } from './parse-image.ts';
import type { McubootImage } from './parse-image.ts';

const HASHES = [
  { type: TlvType.sha256, name: 'sha256', lenBytes: 32 },
  { type: TlvType.sha384, name: 'sha384', lenBytes: 48 },
  { type: TlvType.sha512, name: 'sha512', lenBytes: 64 },
] as const;
type ImageHash = (typeof HASHES)[number];

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
  const stated = findHashTlv(image.tlvs);
  if (!stated.ok) return stated;

  const digest = hashStart(reader, stated.value.hash.name, image.hashedBytes);
  if (!digest.equals(stated.value.tlv.value)) {
    return refuse(
      'mcuboot.hash-mismatch',
      "The image's bytes do not match the hash that it carries; the file is damaged or was changed.",
      { stated: Buffer.from(stated.value.tlv.value).toString('hex'), computed: digest.toString('hex') },
    );
  }
  return accept({ image, hashName: stated.value.hash.name, digest });
}

/** Two hashes would let two readers check two different ones. */
function findHashTlv(tlvs: readonly ImageTlv[]): Result<{ readonly hash: ImageHash; readonly tlv: ImageTlv }> {
  const found = tlvs.flatMap((tlv) => {
    const hash = HASHES.find((candidate) => candidate.type === tlv.type);
    return hash === undefined ? [] : [{ hash, tlv }];
  });
  const [only] = found;
  if (only === undefined || found.length > 1) {
    return refuse('mcuboot.hash-missing', `The image carries ${found.length} hash TLVs instead of exactly one.`);
  }
  const lenBytes = only.tlv.value.byteLength;
  if (lenBytes !== only.hash.lenBytes) {
    return refuse(
      'mcuboot.hash-missing',
      `The image's ${only.hash.name} TLV is ${lenBytes} bytes long instead of ${only.hash.lenBytes}.`,
    );
  }
  return accept(only);
}
