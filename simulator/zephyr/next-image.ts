import type { ZephyrDfuParts } from './dfu-function.ts';

/** What stands behind an alternate setting of the device_next class. Both calls return undefined or false where they fail. */
export interface NextImage {
  read(block: number, lenBytes: number): Uint8Array | undefined;
  /** `bytes` empty: the download ends. */
  write(block: number, bytes: Uint8Array): boolean;
}

/** Blocks must be numbered 0, 1, 2 …; block 0 begins anew, also the one after 65,535. */
class BlockOrder {
  #last = 0;

  /** Returns false where the block is not the next one. */
  take(block: number): boolean {
    return block === 0 || block === this.#last + 1;
  }

  done(block: number): void {
    this.#last = block;
  }

  get last(): number {
    return this.#last;
  }
}

/** usbd_dfu_flash.c. It reads the slot it is named after; what is written goes to slot 1 whichever it is. */
export class FlashImage implements NextImage {
  readonly #parts: ZephyrDfuParts;
  readonly #slot: 0 | 1;
  readonly #order = new BlockOrder();
  #sentBytes = 0;

  constructor(parts: ZephyrDfuParts, slot: 0 | 1) {
    this.#parts = parts;
    this.#slot = slot;
  }

  read(block: number, lenBytes: number): Uint8Array | undefined {
    if (lenBytes === 0) return new Uint8Array(0);
    if (!this.#order.take(block)) return undefined;
    if (block === 0) this.#sentBytes = 0;
    const restBytes = this.#parts.slotBytes - this.#sentBytes;
    // It counts what was asked for, not what was there: after a short block it reads beyond the slot's end and fails.
    if (restBytes < 0) return undefined;
    const bytes = this.#parts.readSlot(this.#slot, this.#sentBytes, Math.min(restBytes, lenBytes));
    this.#order.done(block);
    this.#sentBytes += lenBytes;
    return bytes;
  }

  snapshot(): { readonly lastBlock: number; readonly sentBytes: number } {
    return { lastBlock: this.#order.last, sentBytes: this.#sentBytes };
  }

  restore(snapshot: { readonly lastBlock: number; readonly sentBytes: number }): void {
    this.#order.done(snapshot.lastBlock);
    this.#sentBytes = snapshot.sentBytes;
  }

  write(block: number, bytes: Uint8Array): boolean {
    const { stream } = this.#parts;
    if (!this.#order.take(block)) return false;
    if (block === 0) {
      stream.begin();
      this.#order.done(0);
      if (bytes.length === 0) return true;
    }
    if (!stream.write(bytes, bytes.length === 0)) return false;
    this.#order.done(block);
    return true;
  }
}

const RAM_SECTOR_BYTES = 512;
const RAM_SECTORS = 32;

/** The RAM disk of the sample application: a block is a sector. It is empty after each boot. */
export class RamDiskImage implements NextImage {
  readonly #bytes = new Uint8Array(RAM_SECTORS * RAM_SECTOR_BYTES);
  readonly #order = new BlockOrder();

  read(block: number, lenBytes: number): Uint8Array | undefined {
    if (lenBytes === 0 || !this.#order.take(block)) return lenBytes === 0 ? new Uint8Array(0) : undefined;
    if (block >= RAM_SECTORS) return new Uint8Array(0);
    this.#order.done(block);
    const start = block * RAM_SECTOR_BYTES;
    return this.#bytes.slice(start, start + Math.min(lenBytes, RAM_SECTOR_BYTES));
  }

  write(block: number, bytes: Uint8Array): boolean {
    if (!this.#order.take(block)) return false;
    if (block === 0) this.#order.done(0);
    if (bytes.length === 0) return true;
    if (block >= RAM_SECTORS) return false;
    this.#bytes.set(bytes.subarray(0, RAM_SECTOR_BYTES), block * RAM_SECTOR_BYTES);
    this.#order.done(block);
    return true;
  }
}
