import type { FlashArea } from '../flash-area.ts';
import { layOutTrailer, type TrailerLayout } from './trailer-layout.ts';

/** BOOT_MAX_ALIGN of the virtual unit. Its flash writes words of the same size. */
export const MAX_ALIGN_BYTES = 8;
/** BOOT_MAX_IMG_SECTORS as MCUboot's Zephyr port has it by default. */
export const MAX_SECTORS = 128;

/** One of the two image slots with its trailer's place. */
export interface Slot {
  readonly area: FlashArea;
  readonly trailer: TrailerLayout;
}

export function makeSlot(area: FlashArea, maxSectors: number = MAX_SECTORS): Slot {
  if (area.sectorCount > maxSectors) {
    throw new RangeError(`slot has ${area.sectorCount} sectors, the boot loader keeps status for ${maxSectors}`);
  }
  const parameters = { maxAlignBytes: MAX_ALIGN_BYTES, writeBytes: area.writeAlignBytes, maxSectors };
  return { area, trailer: layOutTrailer(area.sizeBytes, parameters) };
}

/** Index of the first sector that holds any of the trailer. */
export function firstTrailerSector(slot: Slot): number {
  return slot.area.sectorCount - Math.ceil(slot.trailer.lenBytes / slot.area.sectorBytes);
}

/** The largest image that "swap using move" can handle: it needs one free sector between the image and the trailer. */
export function maxImageBytes(slot: Slot): number {
  return (firstTrailerSector(slot) - 1) * slot.area.sectorBytes;
}
