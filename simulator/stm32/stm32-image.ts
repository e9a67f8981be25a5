import { FLASH_ADDRESS, type Stm32Options } from './stm32-options.ts';

const STACK_POINTER = 0x2000_8000;

/** What stands in front of the MCUboot image of a bank: stack pointer, reset vector, and ff up to the image. */
export function makeVectors({ imageOffset }: Pick<Stm32Options, 'imageOffset'>): Buffer {
  const vectors = Buffer.alloc(imageOffset, 0xff);
  vectors.writeUInt32LE(STACK_POINTER, 0);
  vectors.writeUInt32LE((FLASH_ADDRESS + 0x101) >>> 0, 4);
  return vectors;
}

/** A bank as the factory fills it. */
export function makeBankImage(options: Pick<Stm32Options, 'imageOffset'>, mcubootImage: Uint8Array): Buffer {
  return Buffer.concat([makeVectors(options), mcubootImage]);
}
