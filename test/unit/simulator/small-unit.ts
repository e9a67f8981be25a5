import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { BootLoader, CounterStore } from '../../../simulator/boot-loader/boot.ts';
import { makeSlot } from '../../../simulator/boot-loader/slot.ts';
import { writeImageOk, writeMagic } from '../../../simulator/boot-loader/trailer.ts';
import { FlashArea } from '../../../simulator/flash-area.ts';
import { NorFlash } from '../../../simulator/flash.ts';

/** Keys made anew for each run: only the simulator's own images are signed with them. */
export const signingKeys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject } = generateKeyPairSync(
  'ec',
  {
    namedCurve: 'P-256',
  },
);

export interface SmallUnit {
  readonly flash: NorFlash;
  readonly loader: BootLoader;
}

class MemoryCounter implements CounterStore {
  #counter: number;

  constructor(counter: number) {
    this.#counter = counter;
  }

  read(): number {
    return this.#counter;
  }

  raise(counter: number): void {
    this.#counter = counter;
  }
}

const SECTOR_BYTES = 512;
const SLOT_BYTES = 8 * SECTOR_BYTES;

/** A flash of two slots of eight 512-byte sectors: small enough to cut the power at every single operation. */
export function makeSmallUnit(options: { seed?: number; counter?: number } = {}): SmallUnit {
  const geometry = { sizeBytes: 2 * SLOT_BYTES, sectorBytes: SECTOR_BYTES, writeAlignBytes: 8 };
  const flash = new NorFlash(geometry, options.seed ?? 1);
  const loader: BootLoader = {
    primary: makeSlot(new FlashArea(flash, 0, SLOT_BYTES), 16),
    secondary: makeSlot(new FlashArea(flash, SLOT_BYTES, SLOT_BYTES), 16),
    publicKey: signingKeys.publicKey,
    counter: new MemoryCounter(options.counter ?? 0),
    downgradePrevention: true,
  };
  return { flash, loader };
}

/** Writes an image to the start of a slot, filled up to whole words. */
export function writeImage(slot: BootLoader['primary'], image: Uint8Array): void {
  const padded = new Uint8Array(Math.ceil(image.length / 8) * 8).fill(0xff);
  padded.set(image);
  slot.area.program(0, padded);
}

/** Installs an image as the factory does: permanent, in the running slot. */
export function installConfirmed(unit: SmallUnit, image: Uint8Array): void {
  writeImage(unit.loader.primary, image);
  writeImageOk(unit.loader.primary);
  writeMagic(unit.loader.primary);
}
