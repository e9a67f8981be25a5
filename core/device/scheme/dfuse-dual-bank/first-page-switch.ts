import { accept, refuse } from '../../../../contract/result.ts';
import type { Result } from '../../../../contract/result.ts';
import type { DfuseSession } from '../../dfuse/dfuse-session.ts';
import type { DfuseDualBankProfile } from '../../profile/dfuse-dual-bank.ts';
import type { BankRead, BankSwitch, BankWrite } from './bank-switch.ts';
import { copyBeginning, eraseBeginning, readPage, stopBank, writeBeginning } from './bank-beginning.ts';
import type { HeldPage, HeldPages, PageOwner } from './held-page.ts';
import { nameBanks, readBankImage, readBankPair, readBankStart, spanOf } from './read-banks.ts';
import type { Bank, BankPair, Banks } from './read-banks.ts';
import { refuseUnclearBank, refuseUnstartable } from './bank-refusals.ts';
import { readVectors, VECTORS_BYTES } from './vectors.ts';

/**
 * For parts whose ROM hides the option bytes and whose vendor has set BFB2: the ROM starts bank 2 where that begins with something
 * valid, and bank 1 otherwise (ST AN2606, dual bank boot). So the beginning of bank 2 is the switch. An image is staged there
 * without its first eight bytes, which are written as its activation; to go to bank 1, they are cleared. What bank 2 began with is
 * in the data folder before it is taken away, and stays there for as long as the bank lacks it.
 */
export class FirstPageSwitch implements BankSwitch {
  readonly restarts = false;
  readonly #profile: DfuseDualBankProfile;
  readonly #owner: PageOwner;
  readonly #pages: HeldPages;

  constructor(profile: DfuseDualBankProfile, serial: string, pages: HeldPages) {
    this.#profile = profile;
    this.#owner = { profile: profile.id, serial };
    this.#pages = pages;
  }

  async readBanks(rom: DfuseSession, trialHash: string | null): Promise<Result<Banks>> {
    const pair = await readBankPair(rom, this.#profile, false);
    if (!pair.ok) return pair;
    const { memory, second } = pair.value;
    const start = await readBankStart(rom, pair.value, this.#profile, second);
    if (!start.ok) return start;
    if (start.value === 'none') return accept(nameBanks(pair.value, false, true));
    const held = this.#findHeld(rom, pair.value, trialHash);
    if (!held.ok) return held;
    if (held.value === null) {
      return start.value === 'starts' ? accept(nameBanks(pair.value, true, true)) : refuseUnclearBank(second);
    }
    // This job has put its hand to the page: whole it starts, and half written or half erased it is cleared before anything starts.
    const page = await readPage(rom, memory, second);
    return page.ok ? accept(nameBanks(pair.value, page.value.equals(held.value.bytes), true)) : page;
  }

  async stage(rom: DfuseSession, banks: Banks, write: BankWrite): Promise<Result<void>> {
    const { memory, staging, second } = banks;
    // What an earlier job left says nothing of what is written now.
    const dropped = this.#pages.drop(this.#owner);
    if (!dropped.ok) return dropped;
    if (staging.id !== second.id) return await rom.writeSlot(memory, { ...write, slot: staging.range, erase: 'image' });
    const { image, beginning } = copyBeginning(write.image, memory, second);
    const withheldBytes = VECTORS_BYTES;
    const written = await rom.writeSlot(memory, {
      ...write,
      image,
      slot: staging.range,
      erase: 'image',
      withheldBytes,
    });
    if (!written.ok) return written;
    const content = await readBankImage(rom, memory, this.#profile, second.range);
    if (!content.ok) return content;
    return this.#keep(rom, second, beginning(), content.value.hash, content.value.hash);
  }

  async readStaged(rom: DfuseSession, { memory, staging, second }: Banks, read: BankRead): Promise<Result<void>> {
    const { startAddress } = staging.range;
    if (staging.id !== second.id) return await rom.read(memory, { ...read, startAddress });
    const held = this.#pages.find(this.#owner);
    if (!held.ok) return held;
    if (held.value === null) return refuseMissing(second);
    const withheldBytes = Math.min(VECTORS_BYTES, read.lenBytes);
    read.chunk(held.value.bytes.subarray(0, withheldBytes));
    return await rom.read(memory, {
      ...read,
      startAddress: startAddress + withheldBytes,
      lenBytes: read.lenBytes - withheldBytes,
      progress: (doneBytes) => read.progress(withheldBytes + doneBytes, read.lenBytes),
    });
  }

  async prepare(rom: DfuseSession, banks: Banks): Promise<Result<void>> {
    const { first, second, staging } = banks;
    const trialHash = staging.content.hash;
    if (staging.id !== second.id) {
      const starts = await this.#checkStarts(rom, banks, staging);
      return starts.ok ? await this.#hold(rom, banks, trialHash) : starts;
    }
    const held = this.#findHeld(rom, banks, trialHash);
    if (!held.ok) return held;
    if (held.value === null) return refuseMissing(second);
    const vectors = readVectors(held.value.bytes, this.#profile.stackPointers, spanOf(first, second));
    return vectors === 'starts' ? accept(undefined) : refuseUnstartable(second);
  }

  async throwTo(rom: DfuseSession, banks: Banks, bank: Bank, trialHash: string | null): Promise<Result<void>> {
    const { second } = banks;
    const thrown =
      bank.id === second.id
        ? await this.#startSecond(rom, banks, trialHash)
        : await this.#startFirst(rom, banks, trialHash);
    if (!thrown.ok) return thrown;
    // Back from a trial, nothing is missing that the page would be needed for.
    return bank.content.hash === trialHash ? accept(undefined) : this.#pages.drop(this.#owner);
  }

  /** A beginning that was cut off half-way may look whole to the ROM: it is taken away before it can be started. */
  async beforeStart(rom: DfuseSession, banks: Banks): Promise<Result<void>> {
    const { running, first, second } = banks;
    if (running.id !== first.id) return accept(undefined);
    const start = await readBankStart(rom, banks, this.#profile, second);
    if (!start.ok || start.value === 'none') return start.ok ? accept(undefined) : start;
    return await this.#stopSecond(rom, banks);
  }

  confirm(): void {
    // Held for nothing from here on. One that cannot be removed is dropped by the next job, before it writes.
    this.#pages.drop(this.#owner);
  }

  async #startSecond(rom: DfuseSession, banks: Banks, trialHash: string | null): Promise<Result<void>> {
    const { memory, second } = banks;
    const held = this.#findHeld(rom, banks, trialHash);
    if (!held.ok) return held;
    if (held.value === null) return refuseMissing(second);
    const written = await writeBeginning(rom, memory, second, held.value.bytes);
    if (written.ok || written.code !== 'device.err-verify') return written;
    const stopped = await this.#stopSecond(rom, banks);
    return stopped.ok ? written : stopped;
  }

  async #startFirst(rom: DfuseSession, banks: Banks, trialHash: string | null): Promise<Result<void>> {
    const starts = await this.#checkStarts(rom, banks, banks.first);
    if (!starts.ok) return starts;
    const held = await this.#hold(rom, banks, trialHash);
    return held.ok ? await this.#stopSecond(rom, banks) : held;
  }

  /** What bank 2 begins with is kept, if this job does not keep it already. */
  async #hold(rom: DfuseSession, banks: BankPair, trialHash: string | null): Promise<Result<void>> {
    const { memory, second } = banks;
    const held = this.#findHeld(rom, banks, trialHash);
    if (!held.ok || held.value !== null) return held.ok ? accept(undefined) : held;
    const page = await readPage(rom, memory, second);
    return page.ok ? this.#keep(rom, second, page.value, second.content.hash, trialHash) : page;
  }

  /** Clears the first bytes; where the part does not take that, the page goes. */
  async #stopSecond(rom: DfuseSession, banks: BankPair): Promise<Result<void>> {
    const { memory, second } = banks;
    const isStopped = async (): Promise<Result<boolean>> => {
      const start = await readBankStart(rom, banks, this.#profile, second);
      return start.ok ? accept(start.value === 'none') : start;
    };
    for (const stop of [stopBank, eraseBeginning]) {
      const done = await stop(rom, memory, second);
      if (!done.ok) return done;
      const stopped = await isStopped();
      if (!stopped.ok || stopped.value) return stopped.ok ? accept(undefined) : stopped;
    }
    const reason = `The beginning of bank ${second.id} can be neither cleared nor erased; the unit goes on starting it. Its flash may be write-protected or worn out.`;
    return refuse('device.err-erase', reason, { bank: second.id });
  }

  async #checkStarts(rom: DfuseSession, banks: BankPair, bank: Bank): Promise<Result<void>> {
    const start = await readBankStart(rom, banks, this.#profile, bank);
    if (!start.ok) return start;
    return start.value === 'starts' ? accept(undefined) : refuseUnstartable(bank);
  }

  /** The page that belongs to this job and to this part; null where there is none. */
  #findHeld(rom: DfuseSession, { second }: BankPair, trialHash: string | null): Result<HeldPage | null> {
    if (trialHash === null) return accept(null);
    const found = this.#pages.find(this.#owner);
    if (!found.ok || found.value?.trialHash !== trialHash) return found.ok ? accept(null) : found;
    if (found.value.romSerial === rom.serial && found.value.startAddress === second.range.startAddress) return found;
    const reason = `The data folder holds a page of another part under the serial number ${this.#owner.serial}; nothing is written. Plug the unit in that the job began with.`;
    return refuse('device.other-unit', reason, { serial: this.#owner.serial });
  }

  #keep(
    rom: DfuseSession,
    { range: { startAddress } }: Bank,
    bytes: Buffer,
    imageHash: string | null,
    trialHash: string | null,
  ): Result<void> {
    return this.#pages.keep({ ...this.#owner, romSerial: rom.serial, startAddress, bytes, imageHash, trialHash });
  }
}

function refuseMissing({ id }: Bank): Result<never> {
  const reason = `The data folder does not hold what the bank ${id} of this unit is to begin with; nothing was erased, and the unit goes on with the other bank. Start the update again.`;
  return refuse('device.page-missing', reason, { bank: id });
}
