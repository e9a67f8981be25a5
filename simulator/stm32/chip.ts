import { ERASED, NorFlash } from '../flash.ts';
import { OptionBytes } from './option-bytes.ts';
import { FLASH_ADDRESS, RAM_ADDRESS, type Stm32Options } from './stm32-options.ts';

const WRITE_ALIGN_BYTES = 8;

/** The part itself: flash, option bytes, and which bank stands where. */
export class Stm32Chip {
  readonly options: Stm32Options;
  readonly flash: NorFlash;
  readonly optionBytes = new OptionBytes();
  #workMs = 0;

  /** `flash` is given where another device shares it. */
  constructor(options: Stm32Options, flash?: NorFlash) {
    const { pageBytes, bankBytes, banks, seed } = options;
    const geometry = { sizeBytes: banks * bankBytes, sectorBytes: pageBytes, writeAlignBytes: WRITE_ALIGN_BYTES };
    this.options = options;
    this.flash = flash ?? new NorFlash(geometry, seed);
  }

  get sizeBytes(): number {
    return this.flash.geometry.sizeBytes;
  }

  get isReadProtected(): boolean {
    return this.optionBytes.readProtection !== 'none';
  }

  /** Physical bank that the part starts, by its option bit and by what is in flash; undefined where nothing valid is. */
  findBootBank(): 1 | 2 | undefined {
    const { bankSelect, banks } = this.options;
    const isSet = this.optionBytes.bankBit && banks === 2;
    if (bankSelect === 'swap-bank') {
      const bank = isSet ? 2 : 1;
      return this.#isValid(bank) ? bank : undefined;
    }
    if (bankSelect === 'bfb2' && isSet && this.#isValid(2)) return 2;
    return this.#isValid(1) ? 1 : undefined;
  }

  /** The bank that stands at an address now. */
  bankAt(address: number): 1 | 2 | undefined {
    const offset = this.#toOffset(address);
    if (offset < 0 || offset >= this.sizeBytes) return undefined;
    return offset < this.options.bankBytes ? 1 : 2;
  }

  /** The bytes of a physical bank. */
  readBank(bank: 1 | 2): Uint8Array {
    const { bankBytes } = this.options;
    return this.flash.read((bank - 1) * bankBytes, bankBytes);
  }

  /** Undefined where the address is outside of the flash. */
  read(address: number, lenBytes: number): Uint8Array | undefined {
    if (address < FLASH_ADDRESS || address + lenBytes > FLASH_ADDRESS + this.sizeBytes) return undefined;
    return this.flash.read(this.#toOffset(address), lenBytes);
  }

  erasePage(address: number): boolean {
    if (address < FLASH_ADDRESS || address >= FLASH_ADDRESS + this.sizeBytes) return false;
    const { pageBytes, erasePageMs } = this.options;
    const offset = this.#toOffset(address);
    this.#workMs += erasePageMs;
    this.flash.eraseSector(offset - (offset % pageBytes));
    return true;
  }

  eraseAll(): void {
    this.#workMs += this.options.massEraseMs;
    for (let offset = 0; offset < this.sizeBytes; offset += this.options.pageBytes) this.flash.eraseSector(offset);
  }

  /** `outside`, or whether the flash holds afterwards what was sent. Incomplete words are filled up with ff. */
  program(address: number, bytes: Uint8Array): 'outside' | 'ok' | 'differs' {
    const end = address + bytes.length;
    if (address < FLASH_ADDRESS || end > FLASH_ADDRESS + this.sizeBytes || address % WRITE_ALIGN_BYTES !== 0) {
      return 'outside';
    }
    this.#workMs += (bytes.length / 1024) * this.options.programMsPerKib;
    const padded = new Uint8Array(Math.ceil(bytes.length / WRITE_ALIGN_BYTES) * WRITE_ALIGN_BYTES).fill(ERASED);
    padded.set(bytes);
    const offset = this.#toOffset(address);
    if (!this.#takes(offset, padded)) return 'differs';
    return this.flash.program(offset, padded) === 0 ? 'ok' : 'differs';
  }

  /** Flash time used since the last call, in milliseconds. */
  takeWorkMs(): number {
    const workMs = this.#workMs;
    this.#workMs = 0;
    return Math.ceil(workMs);
  }

  /** How ROM and hardware tell an application from blank flash: by a stack pointer that starts in RAM. */
  #isValid(bank: 1 | 2): boolean {
    const bytes = this.readBank(bank);
    const inRam = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) - RAM_ADDRESS;
    return inRam >= 0 && inRam < this.options.ramBytes;
  }

  #takes(offset: number, bytes: Uint8Array): boolean {
    const { overwrites } = this.options;
    if (overwrites === 'bits') return true;
    const before = this.flash.read(offset, bytes.length);
    for (let at = 0; at < bytes.length; at += WRITE_ALIGN_BYTES) {
      const isErased = before.subarray(at, at + WRITE_ALIGN_BYTES).every((byte) => byte === ERASED);
      const isZero = bytes.subarray(at, at + WRITE_ALIGN_BYTES).every((byte) => byte === 0);
      if (!isErased && !(isZero && overwrites === 'zeros')) return false;
    }
    return true;
  }

  #toOffset(address: number): number {
    const offset = address - FLASH_ADDRESS;
    const { bankSelect, bankBytes, banks } = this.options;
    const isSwapped = bankSelect === 'swap-bank' && banks === 2 && this.optionBytes.bankBit;
    return isSwapped ? (offset + bankBytes) % (2 * bankBytes) : offset;
  }
}
