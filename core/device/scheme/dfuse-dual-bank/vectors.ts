import type { AddressSlot } from '../../profile/dfuse-fields.ts';

/** Initial stack pointer and reset vector; what the flash of these parts programs in one piece is no longer (L4, G4: 64 bits). */
export const VECTORS_BYTES = 8;

/** `starts`: every ROM takes it for an application. `none`: no ROM does. `unclear`: they differ, or it is half written. */
export type Startable = 'starts' | 'none' | 'unclear';

const BLANK: readonly number[] = [0xffff_ffff, 0x0000_0000];
/** Code, SRAM and peripheral regions of the address space that a ROM may take for RAM; everything else is none. */
const RAM_LIKE: readonly number[] = [0x1, 0x2, 0x3];

/**
 * Whether a ROM starts what begins with these bytes. ST's AN2606 says "valid code", by the first word of the bank: an initial
 * stack pointer within internal RAM. How much RAM a ROM counts differs from part to part, so that only what lies within
 * `stackPointers`, its end excluded, is taken for certain, and with a reset vector of Thumb code in `flash`.
 */
export function readVectors(
  bytes: Buffer,
  stackPointers: AddressSlot,
  flash: { readonly startAddress: number; readonly endAddress: number },
): Startable {
  const stackPointer = bytes.readUInt32LE(0);
  const resetVector = bytes.readUInt32LE(4);
  if (BLANK.includes(stackPointer) || !RAM_LIKE.includes(stackPointer >>> 28)) return 'none';
  const isInRam =
    stackPointer > stackPointers.startAddress &&
    stackPointer < stackPointers.startAddress + stackPointers.sizeBytes &&
    stackPointer % 4 === 0;
  const isCode = resetVector % 2 === 1 && resetVector > flash.startAddress && resetVector < flash.endAddress;
  return isInRam && isCode ? 'starts' : 'unclear';
}
