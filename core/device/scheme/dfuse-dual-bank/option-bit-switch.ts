import { accept } from '../../../../contract/result.ts';
import type { Result } from '../../../../contract/result.ts';
import type { DfuseSession } from '../../dfuse/dfuse-session.ts';
import type { DfuseDualBankProfile, OptionBit } from '../../profile/dfuse-dual-bank.ts';
import { readBankBit, writeBankBit } from './bank-bit.ts';
import type { BankRead, BankSwitch, BankWrite } from './bank-switch.ts';
import { nameBanks, readBankPair, readBankStart } from './read-banks.ts';
import type { Bank, Banks } from './read-banks.ts';
import { refuseUnclearBank, refuseUnstartable } from './bank-refusals.ts';

/** The switch is a bit in option bytes that the ROM shows: BFB2 or SWAP_BANK. Parts load them by a restart. */
export class OptionBitSwitch implements BankSwitch {
  readonly restarts = true;
  readonly #profile: DfuseDualBankProfile;
  readonly #option: OptionBit;

  constructor(profile: DfuseDualBankProfile, option: OptionBit) {
    this.#profile = profile;
    this.#option = option;
  }

  async readBanks(rom: DfuseSession): Promise<Result<Banks>> {
    const isSet = await readBankBit(rom, this.#option);
    if (!isSet.ok) return isSet;
    const isSwapped = this.#option.setMeans === 'swapped' && isSet.value;
    const pair = await readBankPair(rom, this.#profile, isSwapped);
    if (!pair.ok) return pair;
    if (isSwapped || !isSet.value) return accept(nameBanks(pair.value, isSet.value, true));
    const { second } = pair.value;
    const start = await readBankStart(rom, pair.value, this.#profile, second);
    if (!start.ok) return start;
    if (start.value === 'unclear') return refuseUnclearBank(second);
    // With BFB2 set and nothing in bank 2, an image that is written there would be started before anyone has activated it.
    const startsSecond = start.value === 'starts';
    return accept(nameBanks(pair.value, startsSecond, startsSecond));
  }

  async stage(rom: DfuseSession, { memory, staging }: Banks, write: BankWrite): Promise<Result<void>> {
    return await rom.writeSlot(memory, { ...write, slot: staging.range, erase: 'image' });
  }

  async readStaged(rom: DfuseSession, { memory, staging }: Banks, read: BankRead): Promise<Result<void>> {
    return await rom.read(memory, { ...read, startAddress: staging.range.startAddress });
  }

  async prepare(rom: DfuseSession, banks: Banks): Promise<Result<void>> {
    if (this.#option.setMeans === 'swapped') return accept(undefined);
    const start = await readBankStart(rom, banks, this.#profile, banks.staging);
    if (!start.ok) return start;
    return start.value === 'starts' ? accept(undefined) : refuseUnstartable(banks.staging);
  }

  async throwTo(rom: DfuseSession, { second }: Banks, bank: Bank): Promise<Result<void>> {
    return await writeBankBit(rom, this.#option, bank.id === second.id);
  }

  beforeStart(): Promise<Result<void>> {
    return Promise.resolve(accept(undefined));
  }

  confirm(): void {
    // The bit says it for good already.
  }
}
