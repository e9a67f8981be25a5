import { verifyHashOf } from './verify-hash.ts';
import { parseImageStart } from './parse-image.ts';
import { toImageReader } from './image-source.ts';
import { IMAGE_HEADER_BYTES } from './image-header.ts';
import { readSlotTrailer } from './trailer.ts';
import type { SlotTrailer, TrailerGeometry } from './trailer.ts';
import { trailerAlignment, trailerLenBytes } from './trailer.ts';

/** An image whose hash was recomputed from the slot's own bytes. */
export interface SlotImage {
  /** `major.minor.revision+build` */
  readonly version: string;
  readonly counter: number | null;
  /** Hash TLV, hex: 64 digits for SHA-256, 96 for SHA-384, 128 for SHA-512. */
  readonly hash: string;
}

export interface SlotContent {
  /** `empty`: erased where a header would be. `invalid`: no image, or one whose bytes are not those that it was hashed over. */
  readonly holds: 'empty' | 'invalid' | 'image';
  readonly image: SlotImage | null;
  /** Null where the slot ends with no trailer magic of the boot loader's alignment. */
  readonly trailer: SlotTrailer | null;
}

const ERASED = 0xff;

/** Reads a whole slot: image, recomputed hash, trailer. A signature is not verified: that is the boot loader's. Never throws on any bytes. */
export function readSlotContent(slot: Uint8Array, geometry: TrailerGeometry): SlotContent {
  const trailer = trailerAlignment(slot) === geometry.alignBytes ? readSlotTrailer(slot) : null;
  if (slot.subarray(0, IMAGE_HEADER_BYTES).every((byte) => byte === ERASED)) {
    return { holds: 'empty', image: null, trailer };
  }
  const room = toImageReader(slot.subarray(0, Math.max(0, slot.byteLength - trailerLenBytes(geometry))));
  const started = parseImageStart(room);
  if (!started.ok) return { holds: 'invalid', image: null, trailer };
  const { image } = started.value;
  const hashed = verifyHashOf(room, image);
  if (!hashed.ok) return { holds: 'invalid', image: null, trailer };
  const hash = Buffer.from(hashed.value.digest).toString('hex');
  return { holds: 'image', image: { version: image.version, counter: image.securityCounter, hash }, trailer };
}
