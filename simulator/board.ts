import { createPublicKey } from 'node:crypto';
import { boot, type BootLoader, type BootOutcome } from './boot-loader/boot.ts';
import { parseImage, type ParsedImage } from './boot-loader/image.ts';
import { firstTrailerSector, makeSlot } from './boot-loader/slot.ts';
import { decodeDescription, type FirmwareDescription } from './firmware-description.ts';
import { FlashArea } from './flash-area.ts';
import { ERASED, NorFlash } from './flash.ts';
import type { FlashTime } from './flash-time.ts';
import type { UnitOptions } from './unit-options.ts';

/** What of a unit's options its hardware and its boot loader are made by. */
export type BoardOptions = Pick<
  UnitOptions,
  'imagePublicKey' | 'slotBytes' | 'sectorBytes' | 'loaderBytes' | 'downgradePrevention' | 'flashTime' | 'seed'
>;

/** The parts of a unit that firmware cannot change: flash, boot loader, burnt-in key, one-way counter. */
export class Board {
  readonly flash: NorFlash;
  readonly loader: BootLoader;
  #securityCounter = 0;
  #workMs = 0;

  constructor(options: BoardOptions) {
    const { slotBytes, sectorBytes, loaderBytes = 0 } = options;
    const sizeBytes = loaderBytes + 2 * slotBytes;
    this.flash = new NorFlash({ sizeBytes, sectorBytes, writeAlignBytes: 8 }, options.seed);
    this.loader = {
      primary: makeSlot(new FlashArea(this.flash, loaderBytes, slotBytes)),
      secondary: makeSlot(new FlashArea(this.flash, loaderBytes + slotBytes, slotBytes)),
      publicKey: createPublicKey(options.imagePublicKey),
      counter: {
        read: () => this.#securityCounter,
        raise: (counter) => {
          this.#securityCounter = counter;
        },
      },
      downgradePrevention: options.downgradePrevention,
    };
    const { flashTime } = options;
    if (flashTime !== undefined) this.#countFlashTime(flashTime);
  }

  get securityCounter(): number {
    return this.#securityCounter;
  }

  restoreSecurityCounter(counter: number): void {
    this.#securityCounter = counter;
  }

  boot(): BootOutcome {
    return boot(this.loader);
  }

  /** Flash time used since the last call, in milliseconds. */
  takeWorkMs(): number {
    const workMs = this.#workMs;
    this.#workMs = 0;
    return workMs;
  }

  /** What the running slot's image says that it does; undefined where it says nothing. */
  readDescription(image: ParsedImage): FirmwareDescription | undefined {
    return decodeDescription(this.loader.primary.area.read(image.header.headerBytes, image.header.bodyBytes));
  }

  /** The image in the running slot, by its form only. */
  readRunningImage(): ParsedImage | undefined {
    const { area } = this.loader.primary;
    const parsed = parseImage(area.read(0, area.sizeBytes));
    return parsed.ok ? parsed.image : undefined;
  }

  /** Puts another image in place of the staged one and leaves the trailer as it is: what a unit does that lies in its read-back. */
  replaceStaged(image: Uint8Array): void {
    const slot = this.loader.secondary;
    const { area } = slot;
    const trailerOffset = firstTrailerSector(slot) * area.sectorBytes;
    const trailer = area.read(trailerOffset, area.sizeBytes - trailerOffset);
    area.eraseAll();
    writePadded(area, image);
    area.program(trailerOffset, trailer);
  }

  #countFlashTime(time: FlashTime): void {
    this.flash.onWork = (work, lenBytes) => {
      this.#workMs += work === 'erase' ? time.eraseSectorMs : Math.ceil(lenBytes / time.pageBytes) * time.programPageMs;
    };
  }
}

/** Writes an image to the start of an erased area, filled up to whole words. */
export function writePadded(area: FlashArea, image: Uint8Array): void {
  const padded = new Uint8Array(Math.ceil(image.length / area.writeAlignBytes) * area.writeAlignBytes).fill(ERASED);
  padded.set(image);
  area.program(0, padded);
}
