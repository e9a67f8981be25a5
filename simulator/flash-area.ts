import type { NorFlash } from './flash.ts';

/** A run of whole sectors with offsets of its own: one slot. */
export class FlashArea {
  readonly sizeBytes: number;
  readonly #flash: NorFlash;
  readonly #offset: number;

  constructor(flash: NorFlash, offset: number, sizeBytes: number) {
    const { sectorBytes } = flash.geometry;
    if (offset % sectorBytes !== 0 || sizeBytes % sectorBytes !== 0) {
      throw new RangeError(`area of ${sizeBytes} bytes at ${offset} is not whole sectors of ${sectorBytes}`);
    }
    this.#flash = flash;
    this.#offset = offset;
    this.sizeBytes = sizeBytes;
  }

  get sectorBytes(): number {
    return this.#flash.geometry.sectorBytes;
  }

  get sectorCount(): number {
    return this.sizeBytes / this.sectorBytes;
  }

  get writeAlignBytes(): number {
    return this.#flash.geometry.writeAlignBytes;
  }

  read(offset: number, lenBytes: number): Uint8Array {
    this.#requireInside(offset, lenBytes);
    return this.#flash.read(this.#offset + offset, lenBytes);
  }

  /** As `read`, without a copy; see `NorFlash.view`. */
  view(offset: number, lenBytes: number): Uint8Array {
    this.#requireInside(offset, lenBytes);
    return this.#flash.view(this.#offset + offset, lenBytes);
  }

  program(offset: number, bytes: Uint8Array): void {
    this.#requireInside(offset, bytes.length);
    this.#flash.program(this.#offset + offset, bytes);
  }

  eraseSector(index: number): void {
    this.#requireInside(index * this.sectorBytes, this.sectorBytes);
    this.#flash.eraseSector(this.#offset + index * this.sectorBytes);
  }

  eraseAll(): void {
    for (let index = 0; index < this.sectorCount; index += 1) this.eraseSector(index);
  }

  #requireInside(offset: number, lenBytes: number): void {
    if (offset < 0 || offset + lenBytes > this.sizeBytes) {
      throw new RangeError(`${lenBytes} bytes at ${offset} are outside the area of ${this.sizeBytes} bytes`);
    }
  }
}
