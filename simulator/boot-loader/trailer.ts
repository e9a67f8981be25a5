import { ERASED } from '../flash.ts';
import { firstTrailerSector, MAX_ALIGN_BYTES, type Slot } from './slot.ts';
import { MAGIC_BYTES, trailerMagic } from './trailer-layout.ts';

/** Numbers of the low nibble of swap_info (MCUboot, BOOT_SWAP_TYPE_…). */
const SWAP_TYPE_NUMBER = { none: 1, test: 2, perm: 3, revert: 4 } as const;
export type SwapType = keyof typeof SWAP_TYPE_NUMBER;

export type MagicState = 'good' | 'bad' | 'unset';
export type FlagState = 'set' | 'bad' | 'unset';

export interface TrailerState {
  readonly magic: MagicState;
  readonly imageOk: FlagState;
  readonly copyDone: FlagState;
  readonly swapType: SwapType;
}

const FLAG_SET = 0x01;
const MAGIC = trailerMagic(MAX_ALIGN_BYTES);

export function readTrailer(slot: Slot): TrailerState {
  return {
    magic: readMagic(slot),
    imageOk: readFlag(slot, slot.trailer.imageOkOffset),
    copyDone: readFlag(slot, slot.trailer.copyDoneOffset),
    swapType: readSwapType(slot),
  };
}

export function readSwapSize(slot: Slot): number {
  return Buffer.from(slot.area.read(slot.trailer.swapSizeOffset, 4)).readUInt32LE(0);
}

export function writeMagic(slot: Slot): void {
  slot.area.program(slot.trailer.magicOffset, MAGIC);
}

export function writeImageOk(slot: Slot): void {
  writeField(slot, slot.trailer.imageOkOffset, [FLAG_SET]);
}

export function writeCopyDone(slot: Slot): void {
  writeField(slot, slot.trailer.copyDoneOffset, [FLAG_SET]);
}

export function writeSwapType(slot: Slot, swapType: SwapType): void {
  writeField(slot, slot.trailer.swapInfoOffset, [SWAP_TYPE_NUMBER[swapType]]);
}

export function writeSwapSize(slot: Slot, lenBytes: number): void {
  const field = Buffer.alloc(4);
  field.writeUInt32LE(lenBytes);
  writeField(slot, slot.trailer.swapSizeOffset, field);
}

/** Writes one field of the trailer, filled up to a whole write with erased bytes. */
export function writeField(slot: Slot, offset: number, value: ArrayLike<number>): void {
  const field = new Uint8Array(slot.area.writeAlignBytes).fill(ERASED);
  field.set(value);
  slot.area.program(offset, field);
}

/**
 * Erases the sectors that hold the trailer. A good magic is spoilt first: an erase that loses its power could otherwise
 * leave the magic and lose image_ok, and a permanent swap would resume as a trial one.
 */
export function eraseTrailer(slot: Slot): void {
  if (readMagic(slot) === 'good') slot.area.program(slot.trailer.magicOffset, new Uint8Array(MAGIC_BYTES));
  for (let index = slot.area.sectorCount - 1; index >= firstTrailerSector(slot); index -= 1) {
    slot.area.eraseSector(index);
  }
}

function readMagic(slot: Slot): MagicState {
  const field = slot.area.read(slot.trailer.magicOffset, MAGIC_BYTES);
  if (field.every((byte) => byte === ERASED)) return 'unset';
  return field.every((byte, index) => byte === MAGIC[index]) ? 'good' : 'bad';
}

function readFlag(slot: Slot, offset: number): FlagState {
  const [byte] = slot.area.read(offset, 1);
  if (byte === ERASED) return 'unset';
  return byte === FLAG_SET ? 'set' : 'bad';
}

function readSwapType(slot: Slot): SwapType {
  const [byte = ERASED] = slot.area.read(slot.trailer.swapInfoOffset, 1);
  if (byte === ERASED) return 'none';
  const low = byte & 0x0f;
  if (low === SWAP_TYPE_NUMBER.test) return 'test';
  if (low === SWAP_TYPE_NUMBER.perm) return 'perm';
  return low === SWAP_TYPE_NUMBER.revert ? 'revert' : 'none';
}
