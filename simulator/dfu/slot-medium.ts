import { DfuStatus } from '../../core/device/dfu/constants.ts';
import { HEADER_BYTES, parseHeader, parseImage } from '../boot-loader/image.ts';
import { markPending } from '../boot-loader/mark.ts';
import { maxImageBytes, type Slot } from '../boot-loader/slot.ts';
import { eraseTrailer } from '../boot-loader/trailer.ts';
import { ERASED, FlashFailureError } from '../flash.ts';
import type { UnitOptions } from '../unit-options.ts';
import type { DfuMedium } from './medium.ts';

/** The running slot: it can be read; a download is acknowledged and then refused with errADDRESS. */
export class RunningSlotMedium implements DfuMedium {
  readonly name = 'image-0';
  readonly #slot: Slot;

  constructor(slot: Slot) {
    this.#slot = slot;
  }

  begin(): DfuStatus {
    return DfuStatus.errADDRESS;
  }

  write(): DfuStatus {
    return DfuStatus.errADDRESS;
  }

  finish(): DfuStatus {
    return DfuStatus.errADDRESS;
  }

  read(offset: number, lenBytes: number): Uint8Array {
    return readSlot(this.#slot, offset, lenBytes);
  }
}

/** The staging slot. Sectors are erased as the download reaches them, the trailer before it begins. */
export class StagingSlotMedium implements DfuMedium {
  readonly name = 'image-1';
  readonly #slot: Slot;
  readonly #options: UnitOptions;

  constructor(slot: Slot, options: UnitOptions) {
    this.#slot = slot;
    this.#options = options;
  }

  /** An image that is being overwritten must not stay pending. */
  begin(): DfuStatus {
    return reportFlashFailure(() => eraseTrailer(this.#slot));
  }

  write(offset: number, bytes: Uint8Array): DfuStatus {
    // Beyond this the boot loader has no room to swap, and the trailer's flags would be data.
    if (offset + bytes.length > maxImageBytes(this.#slot)) return DfuStatus.errADDRESS;
    if (this.#options.inspectsDownload && offset === 0 && parseHeader(bytes) === undefined) return DfuStatus.errFILE;
    return reportFlashFailure(() => {
      this.#eraseReached(offset, bytes.length);
      this.#programUnaligned(offset, bytes);
    });
  }

  finish(lenBytes: number): DfuStatus {
    if (this.#options.inspectsDownload && !parseImage(this.#slot.area.read(0, lenBytes)).ok) {
      return DfuStatus.errNOTDONE;
    }
    if (this.#options.pendingBy === 'request') return DfuStatus.OK;
    return reportFlashFailure(() => void markPending(this.#slot));
  }

  read(offset: number, lenBytes: number): Uint8Array {
    return readSlot(this.#slot, offset, lenBytes);
  }

  #eraseReached(offset: number, lenBytes: number): void {
    const { sectorBytes } = this.#slot.area;
    const first = Math.ceil(offset / sectorBytes);
    for (let index = first; index * sectorBytes < offset + lenBytes; index += 1) this.#slot.area.eraseSector(index);
  }

  /** Programs whole words; bytes of the first word that stand there already are programmed again unchanged. */
  #programUnaligned(offset: number, bytes: Uint8Array): void {
    const align = this.#slot.area.writeAlignBytes;
    const lead = offset % align;
    const words = new Uint8Array(Math.ceil((lead + bytes.length) / align) * align).fill(ERASED);
    words.set(this.#slot.area.read(offset - lead, lead));
    words.set(bytes, lead);
    this.#slot.area.program(offset - lead, words);
  }
}

/** True where an MCUboot header stands at the start of the slot. */
export function holdsHeader(slot: Slot): boolean {
  return parseHeader(slot.area.read(0, HEADER_BYTES)) !== undefined;
}

function readSlot(slot: Slot, offset: number, lenBytes: number): Uint8Array {
  return slot.area.read(offset, Math.max(0, Math.min(lenBytes, slot.area.sizeBytes - offset)));
}

function reportFlashFailure(work: () => void): DfuStatus {
  try {
    work();
    return DfuStatus.OK;
  } catch (error) {
    if (!(error instanceof FlashFailureError)) throw error;
    return error.work === 'erase' ? DfuStatus.errERASE : DfuStatus.errWRITE;
  }
}
