import { viewOf } from './image-source.ts';

/** MCUboot's swap types (`BOOT_SWAP_TYPE_…`, low nibble of swap_info). */
const SWAP_TYPES = ['none', 'none', 'test', 'perm', 'revert'] as const;

/** A flag of the trailer: 01, erased, or something that the boot loader takes for neither (MCUboot `boot_flag_decode`). */
export type TrailerFlag = 'set' | 'unset' | 'bad';

/** Boot trailer at the end of a slot, as far as the flags that matter for a test boot. */
export interface SlotTrailer {
  readonly imageOk: TrailerFlag;
  readonly copyDone: TrailerFlag;
  /** Kind of the last swap that was begun with this slot. */
  readonly swap: (typeof SWAP_TYPES)[number];
}

export interface TrailerGeometry {
  /** MCUboot's BOOT_MAX_ALIGN. */
  readonly alignBytes: number;
  /** Smallest write of the slot's flash. */
  readonly writeBytes: number;
  /** MCUboot's BOOT_MAX_IMG_SECTORS: three status entries are kept for each. */
  readonly maxSectors: number;
}

export const TRAILER_MAGIC_BYTES = 16;
/** Magic at the classic alignment of 8; wider alignments state theirs in the first two bytes. */
const MAGIC_ALIGN_8 = Buffer.from('77c295f360d2ef7f3552500f2cb67980', 'hex');
const MAGIC_TAIL = Buffer.from('2de15d29410b8d77679c110f1f8a', 'hex');
const FLAG_SET = 0x01;
const ERASED = 0xff;

/** Bytes at the end of a slot that an image must leave free (MCUboot `boot_trailer_sz`, no encryption keys). */
export function trailerLenBytes(geometry: TrailerGeometry): number {
  return (
    paddedMagicBytes(geometry.alignBytes) + 4 * geometry.alignBytes + 3 * geometry.maxSectors * geometry.writeBytes
  );
}

/** The alignment that the trailer magic at the end of these bytes states, or null where they end with no trailer magic. */
export function trailerAlignment(slotTail: Uint8Array): number | null {
  if (slotTail.byteLength < TRAILER_MAGIC_BYTES) return null;
  const magic = slotTail.subarray(slotTail.byteLength - TRAILER_MAGIC_BYTES);
  if (isEqual(magic, MAGIC_ALIGN_8)) return 8;
  return isEqual(magic.subarray(2), MAGIC_TAIL) ? viewOf(magic).getUint16(0, true) : null;
}

/**
 * Reads the trailer from the last bytes of a slot; null where there is no trailer magic, the alignment is impossible, or the
 * bytes do not reach down to swap_info.
 */
export function readSlotTrailer(slotTail: Uint8Array): SlotTrailer | null {
  const align = trailerAlignment(slotTail);
  if (align === null || align < 8 || align > 32 || (align & (align - 1)) !== 0) return null;
  const flagsEnd = slotTail.byteLength - paddedMagicBytes(align);
  const swapInfo = slotTail[flagsEnd - 3 * align];
  if (swapInfo === undefined) return null;
  return {
    imageOk: readFlag(slotTail[flagsEnd - align]),
    copyDone: readFlag(slotTail[flagsEnd - 2 * align]),
    swap: SWAP_TYPES[swapInfo & 0x0f] ?? 'none',
  };
}

function readFlag(byte: number | undefined): TrailerFlag {
  if (byte === FLAG_SET) return 'set';
  return byte === ERASED ? 'unset' : 'bad';
}

function paddedMagicBytes(alignBytes: number): number {
  return Math.ceil(TRAILER_MAGIC_BYTES / alignBytes) * alignBytes;
}

function isEqual(left: Uint8Array, right: Uint8Array): boolean {
  return left.byteLength === right.byteLength && left.every((byte, index) => byte === right[index]);
}
