import { createPublicKey } from 'node:crypto';
import { boot, type BootLoader, type BootOutcome } from './boot-loader/boot.ts';
import { parseImage, type ParsedImage } from './boot-loader/image.ts';
import { makeSlot } from './boot-loader/slot.ts';
import { decodeDescription, type FirmwareDescription } from './firmware-description.ts';
import { FlashArea } from './flash-area.ts';
import { NorFlash } from './flash.ts';
import type { FlashTime, UnitOptions } from './unit-options.ts';

/** The parts of a unit that firmware cannot change: flash, boot loader, burnt-in key, one-way counter. */
export class Board {
  readonly flash: NorFlash;
  readonly loader: BootLoader;
  #securityCounter = 0;
  #workMs = 0;

  constructor(options: UnitOptions) {
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

  #countFlashTime(time: FlashTime): void {
    this.flash.onWork = (work, lenBytes) => {
      this.#workMs += work === 'erase' ? time.eraseSectorMs : Math.ceil(lenBytes / time.pageBytes) * time.programPageMs;
    };
  }
}
