/** Where MCUboot keeps its flags at the end of a slot (MCUboot design document, "Image trailer"). Offsets from the slot's start. */
export interface TrailerLayout {
  readonly magicOffset: number;
  readonly imageOkOffset: number;
  readonly copyDoneOffset: number;
  readonly swapInfoOffset: number;
  readonly swapSizeOffset: number;
  readonly statusOffset: number;
  /** From the first status byte to the slot's end. */
  readonly lenBytes: number;
}

export interface TrailerParameters {
  /** BOOT_MAX_ALIGN: each flag has a field of this many bytes. */
  readonly maxAlignBytes: number;
  /** Size of one status entry: the flash's smallest write. */
  readonly writeBytes: number;
  /** BOOT_MAX_IMG_SECTORS: three status entries are kept for each. */
  readonly maxSectors: number;
}

export const MAGIC_BYTES = 16;

/** boot_img_magic for BOOT_MAX_ALIGN = 8. */
const MAGIC_ALIGN_8 = Uint8Array.from(Buffer.from('77c295f360d2ef7f3552500f2cb67980', 'hex'));
/** Tail of the magic for larger alignments; the first two bytes are the alignment, little endian. */
const MAGIC_TAIL = Buffer.from('2de15d29410b8d77679c110f1f8a', 'hex');

export function trailerMagic(maxAlignBytes: number): Uint8Array {
  if (maxAlignBytes <= 8) return MAGIC_ALIGN_8.slice();
  return Uint8Array.from([maxAlignBytes & 0xff, maxAlignBytes >> 8, ...MAGIC_TAIL]);
}

/** The trailer's offsets in a slot of `slotBytes`. With 8-byte alignment: magic E−16, image_ok E−24, copy_done E−32, swap_info E−40, swap_size E−48. */
export function layOutTrailer(slotBytes: number, parameters: TrailerParameters): TrailerLayout {
  const align = parameters.maxAlignBytes;
  const magicField = Math.ceil(MAGIC_BYTES / align) * align;
  const below = (fields: number): number => slotBytes - magicField - fields * align;
  const statusOffset = below(4) - 3 * parameters.maxSectors * parameters.writeBytes;
  return {
    magicOffset: slotBytes - MAGIC_BYTES,
    imageOkOffset: below(1),
    copyDoneOffset: below(2),
    swapInfoOffset: below(3),
    swapSizeOffset: below(4),
    statusOffset,
    lenBytes: slotBytes - statusOffset,
  };
}
