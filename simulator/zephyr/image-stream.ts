import type { FlashArea } from '../flash-area.ts';
import { ERASED, FlashFailureError } from '../flash.ts';

/** CONFIG_IMG_BLOCK_BUF_SIZE: so much is collected before it is written. */
const BUFFER_BYTES = 512;

/** When the page of the trailer is erased: as the last one (2.5, legacy) or before anything is written (next). */
export type TrailerErase = 'at-end' | 'at-start' | 'never';

export interface StreamSnapshot {
  readonly writtenBytes: number;
  readonly buffered: readonly number[];
  readonly lastErasedPage: number;
}

/**
 * Zephyr's flash_img over stream_flash: what is downloaded goes into slot 1 and nowhere else, through a buffer, and each page is
 * erased when it is reached. What lies behind the end of the new image stays.
 */
export class ImageStream {
  readonly #slot1: FlashArea;
  readonly #trailerErase: TrailerErase;
  readonly #erasesPages: boolean;
  #writtenBytes = 0;
  #buffered: number[] = [];
  #lastErasedPage = -1;

  constructor(slot1: FlashArea, erase: { readonly pages: boolean; readonly trailer: TrailerErase }) {
    this.#slot1 = slot1;
    this.#erasesPages = erase.pages;
    this.#trailerErase = erase.trailer;
  }

  /** flash_img_init: a new image begins at the start of the slot; what was collected is forgotten. */
  begin(): void {
    this.#writtenBytes = 0;
    this.#buffered = [];
    this.#lastErasedPage = -1;
  }

  /** Takes the next bytes; `flush` ends the image. Returns false where the slot is full or its flash fails. */
  write(bytes: Uint8Array, flush: boolean): boolean {
    try {
      if (this.#trailerErase === 'at-start' && this.#isAtStart()) this.#slot1.eraseSector(this.#lastPage());
      if (this.#writtenBytes + this.#buffered.length + bytes.length > this.#slot1.sizeBytes) return false;
      for (const byte of bytes) {
        this.#buffered.push(byte);
        if (this.#buffered.length === BUFFER_BYTES) this.#sync();
      }
      if (!flush) return true;
      if (this.#buffered.length > 0) this.#sync();
      if (this.#trailerErase === 'at-end') this.#erasePage(this.#lastPage());
      return true;
    } catch (error) {
      if (error instanceof FlashFailureError) return false;
      throw error;
    }
  }

  snapshot(): StreamSnapshot {
    return {
      writtenBytes: this.#writtenBytes,
      buffered: [...this.#buffered],
      lastErasedPage: this.#lastErasedPage,
    };
  }

  restore(snapshot: StreamSnapshot): void {
    this.#writtenBytes = snapshot.writtenBytes;
    this.#buffered = [...snapshot.buffered];
    this.#lastErasedPage = snapshot.lastErasedPage;
  }

  #isAtStart(): boolean {
    return this.#writtenBytes === 0 && this.#buffered.length === 0;
  }

  #lastPage(): number {
    return this.#slot1.sectorCount - 1;
  }

  #sync(): void {
    const { writeAlignBytes, sectorBytes } = this.#slot1;
    const lastByte = this.#writtenBytes + this.#buffered.length - 1;
    if (this.#erasesPages) this.#erasePage(Math.floor(lastByte / sectorBytes));
    const words = new Uint8Array(Math.ceil(this.#buffered.length / writeAlignBytes) * writeAlignBytes).fill(ERASED);
    words.set(this.#buffered);
    this.#slot1.program(this.#writtenBytes, words);
    this.#writtenBytes += this.#buffered.length;
    this.#buffered = [];
  }

  /** A page that was erased last is not erased again: it holds the image's end already. */
  #erasePage(page: number): void {
    if (page === this.#lastErasedPage) return;
    this.#slot1.eraseSector(page);
    this.#lastErasedPage = page;
  }
}
