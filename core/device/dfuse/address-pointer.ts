import { accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { setAddress } from './commands.ts';
import { FIRST_MEMORY_BLOCK, LAST_MEMORY_BLOCK } from './constants.ts';
import type { DfuseContext } from './dfuse-context.ts';

/**
 * Turns addresses into block numbers: address = pointer + (block − 2) × wTransferSize (AN3156 §4.1). Units read "wTransferSize"
 * in two ways, as what their descriptor states and as the length of this very transfer. Where the two differ (a short block, or
 * a host that moves less at once), and where the number would not fit into 16 bits, the pointer is set anew and the block is
 * number 2, for which both mean the same.
 */
export class AddressPointer {
  readonly #context: DfuseContext;
  /** Called before the pointer is set in the middle of a transfer that does not allow it. */
  readonly #beforeSet: () => Promise<Result<void>>;
  readonly #afterSet: () => Promise<Result<void>>;
  #pointer: number | null = null;

  constructor(
    context: DfuseContext,
    beforeSet: () => Promise<Result<void>> = done,
    afterSet: () => Promise<Result<void>> = done,
  ) {
    this.#context = context;
    this.#beforeSet = beforeSet;
    this.#afterSet = afterSet;
  }

  /** The block number for `lenBytes` at `address`, after the pointer was set where that is needed. */
  async blockFor(address: number, lenBytes: number): Promise<Result<number>> {
    const { unitTransferBytes } = this.#context;
    if (this.#pointer !== null && lenBytes === unitTransferBytes) {
      const blocks = (address - this.#pointer) / unitTransferBytes;
      const number = FIRST_MEMORY_BLOCK + blocks;
      if (Number.isInteger(blocks) && blocks >= 0 && number <= LAST_MEMORY_BLOCK) return accept(number);
    }
    return await this.#set(address);
  }

  /** For whoever sent a command that may have moved the unit's pointer. */
  forget(): void {
    this.#pointer = null;
  }

  async #set(address: number): Promise<Result<number>> {
    for (const step of [this.#beforeSet, () => setAddress(this.#context, address), this.#afterSet]) {
      const made = await step();
      if (!made.ok) return made;
    }
    this.#pointer = address;
    return accept(FIRST_MEMORY_BLOCK);
  }
}

function done(): Promise<Result<void>> {
  return Promise.resolve(accept(undefined));
}
