import { DfuStatus } from '../../core/device/dfu/constants.ts';
import { FlashFailureError } from '../flash.ts';
import type { Stm32Chip } from './chip.ts';
import { OPTION_BYTES } from './option-bytes.ts';
import { FLASH_ADDRESS, OPTION_ADDRESS } from './stm32-options.ts';

/** What stands behind one alternate setting of the ROM. Statuses are those that ST gives them (AN3156 §4). */
export interface RomMemory {
  /** Interface string. */
  readonly layout: string;
  read(address: number, lenBytes: number): Uint8Array | DfuStatus;
  write(address: number, bytes: Uint8Array): DfuStatus;
  erasePage(address: number): DfuStatus;
  eraseAll(): DfuStatus;
}

export class FlashMemory implements RomMemory {
  readonly layout: string;
  readonly #chip: Stm32Chip;

  constructor(chip: Stm32Chip) {
    const { pageBytes, flashLayout } = chip.options;
    const pages = String(chip.sizeBytes / pageBytes).padStart(2, '0');
    const address = FLASH_ADDRESS.toString(16).toUpperCase().padStart(8, '0');
    this.#chip = chip;
    this.layout =
      flashLayout ?? `@Internal Flash   /0x${address}/${pages}*${String(pageBytes / 1024).padStart(2, '0')}Kg`;
  }

  read(address: number, lenBytes: number): Uint8Array | DfuStatus {
    if (this.#isProtected) return DfuStatus.errVENDOR;
    return this.#chip.read(address, lenBytes) ?? DfuStatus.errTARGET;
  }

  write(address: number, bytes: Uint8Array): DfuStatus {
    if (this.#isProtected) return DfuStatus.errVENDOR;
    return reportFailure(() => {
      const outcome = this.#chip.program(address, bytes);
      if (outcome === 'outside') return DfuStatus.errTARGET;
      return outcome === 'ok' ? DfuStatus.OK : DfuStatus.errPROG;
    });
  }

  erasePage(address: number): DfuStatus {
    if (this.#isProtected) return DfuStatus.errVENDOR;
    return reportFailure(() => (this.#chip.erasePage(address) ? DfuStatus.OK : DfuStatus.errTARGET));
  }

  eraseAll(): DfuStatus {
    if (this.#isProtected) return DfuStatus.errVENDOR;
    return reportFailure(() => {
      this.#chip.eraseAll();
      return DfuStatus.OK;
    });
  }

  get #isProtected(): boolean {
    return this.#chip.isReadProtected;
  }
}

/** The option area: written as a whole, and what was written counts from the restart that follows. */
export class OptionMemory implements RomMemory {
  readonly layout = `@Option Bytes   /0x${OPTION_ADDRESS.toString(16).toUpperCase()}/01*${String(OPTION_BYTES).padStart(3, '0')} e`;
  readonly #chip: Stm32Chip;
  readonly #restart: () => void;

  constructor(chip: Stm32Chip, restart: () => void) {
    this.#chip = chip;
    this.#restart = restart;
  }

  read(address: number, lenBytes: number): Uint8Array | DfuStatus {
    const at = address - OPTION_ADDRESS;
    if (at < 0 || at + lenBytes > OPTION_BYTES) return DfuStatus.errTARGET;
    return this.#chip.optionBytes.read().slice(at, at + lenBytes);
  }

  write(address: number, bytes: Uint8Array): DfuStatus {
    const { optionBytes } = this.#chip;
    if (address !== OPTION_ADDRESS || bytes.length !== OPTION_BYTES) return DfuStatus.errTARGET;
    const before = optionBytes.readProtection;
    optionBytes.write(bytes);
    // Leaving level 1 erases everything (RM0351 §3.5.1).
    if (before === 'memory' && !this.#chip.isReadProtected) this.#chip.eraseAll();
    this.#restart();
    return DfuStatus.OK;
  }

  erasePage(): DfuStatus {
    return DfuStatus.errTARGET;
  }

  eraseAll(): DfuStatus {
    return DfuStatus.errTARGET;
  }
}

function reportFailure(work: () => DfuStatus): DfuStatus {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FlashFailureError)) throw error;
    return error.work === 'erase' ? DfuStatus.errERASE : DfuStatus.errPROG;
  }
}
