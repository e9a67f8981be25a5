import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import { viewOf } from './image-source.ts';

export const IMAGE_MAGIC = 0x96f3b83d;
export const IMAGE_HEADER_BYTES = 32;

/** MCUboot `ih_flags`, as far as Drydock looks at them. */
export const ImageFlag = { encryptedAes128: 0x04, encryptedAes256: 0x08 } as const;

/** MCUboot's `struct image_version`, 8 bytes. */
export interface ImageVersion {
  readonly major: number;
  readonly minor: number;
  readonly revision: number;
  readonly build: number;
}

export function readImageVersion(view: DataView, offset: number): ImageVersion {
  return {
    major: view.getUint8(offset),
    minor: view.getUint8(offset + 1),
    revision: view.getUint16(offset + 2, true),
    build: view.getUint32(offset + 4, true),
  };
}

/** `major.minor.revision+build` */
export function formatImageVersion({ major, minor, revision, build }: ImageVersion): string {
  return `${major}.${minor}.${revision}+${build}`;
}

/** MCUboot's `struct image_header`, little-endian (docs/design.md, "Image format"). */
export interface ImageHeader {
  readonly loadAddress: number;
  /** Header area including its padding. */
  readonly headerBytes: number;
  /** Protected TLV area including its info; 0 where there is none. */
  readonly protectedTlvBytes: number;
  readonly bodyBytes: number;
  readonly flags: number;
  /** `major.minor.revision+build` */
  readonly version: string;
  readonly versionNumbers: ImageVersion;
}

/**
 * Reads the header from the first 32 bytes of an image.
 *
 * Refuses with `mcuboot.header-invalid` where the bytes are fewer, the magic is another, or the header area is shorter than
 * the header itself.
 */
export function parseImageHeader(bytes: Uint8Array): Result<ImageHeader> {
  if (bytes.byteLength < IMAGE_HEADER_BYTES) {
    return refuse(
      'mcuboot.header-invalid',
      `The file is ${bytes.byteLength} bytes long, an MCUboot image has a header of ${IMAGE_HEADER_BYTES} bytes.`,
    );
  }
  const view = viewOf(bytes);
  const magic = view.getUint32(0, true);
  if (magic !== IMAGE_MAGIC) {
    return refuse(
      'mcuboot.header-invalid',
      `The file starts with 0x${hex32(magic)} and not with MCUboot's image magic 0x${hex32(IMAGE_MAGIC)}.`,
    );
  }
  const headerBytes = view.getUint16(8, true);
  if (headerBytes < IMAGE_HEADER_BYTES) {
    return refuse(
      'mcuboot.header-invalid',
      `The image states a header of ${headerBytes} bytes, at least ${IMAGE_HEADER_BYTES} are needed.`,
    );
  }
  const versionNumbers = readImageVersion(view, 20);
  return accept({
    loadAddress: view.getUint32(4, true),
    headerBytes,
    protectedTlvBytes: view.getUint16(10, true),
    bodyBytes: view.getUint32(12, true),
    flags: view.getUint32(16, true),
    version: formatImageVersion(versionNumbers),
    versionNumbers,
  });
}

function hex32(value: number): string {
  return value.toString(16).padStart(8, '0');
}
