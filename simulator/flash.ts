import { SeededRandom } from './seeded-random.ts';

/** Value of an erased byte. */
export const ERASED = 0xff;

export interface FlashGeometry {
  readonly sizeBytes: number;
  readonly sectorBytes: number;
  /** Offsets and lengths of a program operation are multiples of this. */
  readonly writeAlignBytes: number;
}

export type FlashWork = 'erase' | 'program';

/** The supply went away in the middle of a flash operation; what was being written is torn. */
export class PowerCutError extends Error {
  override readonly name = 'PowerCutError';
}

/** The flash controller reported a failure; nothing of the operation was done. */
export class FlashFailureError extends Error {
  override readonly name = 'FlashFailureError';
  readonly work: FlashWork;

  constructor(work: FlashWork, offset: number) {
    super(`flash ${work} failed at offset ${offset}`);
    this.work = work;
  }
}

interface PlannedEvent {
  readonly atOperation: number;
  readonly event: 'cut' | 'fail';
}

/**
 * NOR flash: an erase sets a whole sector to 0xff, a program can only clear bits. Operations are counted, and the n-th one
 * can be made to fail or to lose its power half-way.
 */
export class NorFlash {
  readonly geometry: FlashGeometry;
  /** Called for every operation begun, so that a unit can account for the time it takes. */
  onWork: ((work: FlashWork, lenBytes: number) => void) | undefined;
  readonly #bytes: Uint8Array;
  readonly #random: SeededRandom;
  #operations = 0;
  #overwrittenBytes = 0;
  #planned: PlannedEvent[] = [];

  constructor(geometry: FlashGeometry, seed = 1) {
    if (geometry.sizeBytes % geometry.sectorBytes !== 0) throw new RangeError('flash size is not whole sectors');
    this.geometry = geometry;
    this.#bytes = new Uint8Array(geometry.sizeBytes).fill(ERASED);
    this.#random = new SeededRandom(seed);
  }

  /** Erase and program operations begun since the flash was made. */
  get operations(): number {
    return this.#operations;
  }

  /** Bytes in which a program operation asked for a 1 where a 0 stood: real NOR cannot do that, so it is always a bug of the writer. */
  get overwrittenBytes(): number {
    return this.#overwrittenBytes;
  }

  /** The power goes during the n-th operation from now (1 = the next one). */
  cutPowerAt(nthOperation: number): void {
    this.#planned.push({ atOperation: this.#operations + nthOperation, event: 'cut' });
  }

  /** The n-th operation from now fails without changing anything. */
  failAt(nthOperation: number): void {
    this.#planned.push({ atOperation: this.#operations + nthOperation, event: 'fail' });
  }

  /** A power cut or a failure is planned and has not come yet. */
  get hasPlannedFailure(): boolean {
    return this.#planned.length > 0;
  }

  cancelPlanned(): void {
    this.#planned = [];
  }

  read(offset: number, lenBytes: number): Uint8Array {
    this.#requireInside(offset, lenBytes);
    return this.#bytes.slice(offset, offset + lenBytes);
  }

  /** The bytes themselves, without a copy: for a look that ends before anything is erased or programmed. */
  view(offset: number, lenBytes: number): Uint8Array {
    this.#requireInside(offset, lenBytes);
    return this.#bytes.subarray(offset, offset + lenBytes);
  }

  /** Sets the sector that begins at `offset` to 0xff. */
  eraseSector(offset: number): void {
    const { sectorBytes } = this.geometry;
    this.#requireInside(offset, sectorBytes);
    if (offset % sectorBytes !== 0) throw new RangeError(`erase at ${offset} is not at a sector's start`);
    const event = this.#begin('erase', offset, sectorBytes);
    if (event === 'cut') {
      this.#tearErase(offset);
      throw new PowerCutError(`power cut while sector ${offset / sectorBytes} was erased`);
    }
    this.#bytes.fill(ERASED, offset, offset + sectorBytes);
  }

  /** Clears bits so that each byte becomes old AND new. Returns in how many bytes that is not what was asked for. */
  program(offset: number, bytes: Uint8Array): number {
    const { writeAlignBytes } = this.geometry;
    this.#requireInside(offset, bytes.length);
    if (offset % writeAlignBytes !== 0 || bytes.length % writeAlignBytes !== 0) {
      throw new RangeError(`program of ${bytes.length} bytes at ${offset} is not aligned to ${writeAlignBytes}`);
    }
    const event = this.#begin('program', offset, bytes.length);
    // A cut leaves the words in order up to some byte: a controller programs one word after the other.
    const doneBytes = event === 'cut' ? this.#random.below(bytes.length + 1) : bytes.length;
    let missed = 0;
    for (let index = 0; index < doneBytes; index += 1) {
      const wanted = bytes[index] ?? ERASED;
      const result = (this.#bytes[offset + index] ?? ERASED) & wanted;
      this.#bytes[offset + index] = result;
      if (result !== wanted) missed += 1;
    }
    this.#overwrittenBytes += missed;
    if (event === 'cut') throw new PowerCutError(`power cut after ${doneBytes} of ${bytes.length} bytes at ${offset}`);
    return missed;
  }

  snapshot(): Uint8Array {
    return this.#bytes.slice();
  }

  restore(image: Uint8Array): void {
    if (image.length !== this.#bytes.length) {
      throw new RangeError(`flash image has ${image.length} bytes, the flash has ${this.#bytes.length}`);
    }
    this.#bytes.set(image);
  }

  /** Half an erase: an arbitrary part of the bytes already reads 0xff, the rest still holds the old value. */
  #tearErase(offset: number): void {
    const share = this.#random.next();
    for (let index = offset; index < offset + this.geometry.sectorBytes; index += 1) {
      if (this.#random.next() < share) this.#bytes[index] = ERASED;
    }
  }

  #begin(work: FlashWork, offset: number, lenBytes: number): 'cut' | undefined {
    this.#operations += 1;
    this.onWork?.(work, lenBytes);
    const due = this.#planned.find((planned) => planned.atOperation === this.#operations);
    if (due === undefined) return undefined;
    this.#planned = this.#planned.filter((planned) => planned !== due);
    if (due.event === 'fail') throw new FlashFailureError(work, offset);
    return 'cut';
  }

  #requireInside(offset: number, lenBytes: number): void {
    if (offset < 0 || lenBytes < 0 || offset + lenBytes > this.#bytes.length) {
      throw new RangeError(`${lenBytes} bytes at ${offset} are outside the flash of ${this.#bytes.length} bytes`);
    }
  }
}
