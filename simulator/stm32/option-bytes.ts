/** Lines of a word and its complement (STM32L4 reference manual RM0351 §3.4.1). */
export const OPTION_BYTES = 40;
/** Bit 20 of the first word: BFB2, or SWAP_BANK. */
export const BANK_BIT = 20;

const ReadProtection = { none: 0xaa, forEver: 0xcc } as const;
const FIRST_WORD = 0xfbef_f800;

/** What survives everything but a write of the option area: read protection and the bank that is started. */
export class OptionBytes {
  readonly #words: number[] = [(FIRST_WORD | ReadProtection.none) >>> 0, 0, 0, 0, 0];

  get readProtection(): 'none' | 'memory' | 'for-ever' {
    const level = this.#first & 0xff;
    if (level === ReadProtection.forEver) return 'for-ever';
    return level === ReadProtection.none ? 'none' : 'memory';
  }

  get bankBit(): boolean {
    return (this.#first & (1 << BANK_BIT)) !== 0;
  }

  set bankBit(value: boolean) {
    this.#words[0] = (value ? this.#first | (1 << BANK_BIT) : this.#first & ~(1 << BANK_BIT)) >>> 0;
  }

  /** Any other level than 0 and 2 is level 1: the memory can be neither read nor written. */
  protect(): void {
    this.#words[0] = ((this.#first & ~0xff) | 0xbb) >>> 0;
  }

  unprotect(): void {
    this.#words[0] = ((this.#first & ~0xff) | ReadProtection.none) >>> 0;
  }

  read(): Uint8Array {
    const bytes = Buffer.alloc(OPTION_BYTES);
    this.#words.forEach((word, line) => {
      bytes.writeUInt32LE(word >>> 0, line * 8);
      bytes.writeUInt32LE(~word >>> 0, line * 8 + 4);
    });
    return bytes;
  }

  /** Takes the whole area. A word whose complement is wrong reads as never programmed: the part protects itself at its next start. */
  write(bytes: Uint8Array): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let line = 0; line * 8 < OPTION_BYTES; line += 1) {
      const word = view.getUint32(line * 8, true);
      const complement = view.getUint32(line * 8 + 4, true);
      this.#words[line] = (word ^ complement) >>> 0 === 0xffff_ffff ? word : 0xffff_ffff;
    }
  }

  get #first(): number {
    return this.#words[0] ?? 0;
  }
}
