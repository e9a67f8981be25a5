import { accept } from '../../../../contract/result.ts';
import type { Result } from '../../../../contract/result.ts';
import type { DeviceState } from '../../../../contract/schema/device.ts';
import { checkImageLength } from '../../check-image-length.ts';
import type { DfuseSession } from '../../dfuse/dfuse-session.ts';
import { RomUnit } from '../../dfuse/rom-unit.ts';
import type { HeldUnitOptions } from '../../held-unit.ts';
import type { DfuseDualBankProfile } from '../../profile/dfuse-dual-bank.ts';
import type {
  AskPerson,
  KnownUnit,
  TargetIdentity,
  TransferProgress,
  UnitMode,
  UpdateTarget,
} from '../../update-target.ts';
import { refuseNoSlot, refuseNotWhole, refuseUnthrown } from './bank-refusals.ts';
import type { BankSwitch } from './bank-switch.ts';
import { createBankSwitch } from './create-bank-switch.ts';
import { describeDualBank, tellToStartRom } from './describe-dual-bank.ts';
import type { HeldPages } from './held-page.ts';
import type { Bank, Banks } from './read-banks.ts';

export interface DualBankTargetOptions extends HeldUnitOptions {
  readonly profile: DfuseDualBankProfile;
  readonly known: KnownUnit | null;
  readonly heldPages: HeldPages;
}

/**
 * Update target of scheme `dfuse-dual-bank`. The part boots whichever bank its switch names, for good; the trial is kept by
 * the station: until it confirms, a reset by the station goes back to the other bank. Slots can be read in the ROM only, so that
 * a unit in operation is taken out of it for each look and started again.
 */
export class DualBankTarget implements UpdateTarget {
  readonly identity: TargetIdentity;
  readonly #profile: DfuseDualBankProfile;
  readonly #unit: RomUnit;
  readonly #switch: BankSwitch;
  /** Hash of the image that runs on trial as soon as it runs; null while none was activated, and once it is confirmed. */
  #trialHash: string | null;
  /** The bank that the next reset is to start. */
  #markedId: string | null = null;
  /** The application that was started last did not come up. */
  #hasFailedToStart = false;

  constructor(options: DualBankTargetOptions) {
    this.identity = options.identity;
    this.#profile = options.profile;
    this.#unit = new RomUnit(options);
    this.#switch = createBankSwitch(options.profile, options.identity.serial, options.heldPages);
    this.#trialHash = options.known?.trialHash ?? null;
  }

  async identify(): Promise<Result<UnitMode>> {
    return await this.#unit.identify();
  }

  async readState(): Promise<Result<DeviceState>> {
    const mode = await this.#unit.findMode();
    if (!mode.ok) return mode;
    if (mode.value === 'dfu') return await this.#describe('dfu');
    const { detachMs, rebootMs } = this.#profile.deadlines;
    const left = await this.#unit.detach(detachMs);
    if (!left.ok) return left;
    const state = await this.#describe('application');
    const back = await this.#start(rebootMs);
    if (!state.ok) return state;
    return back.ok ? state : back;
  }

  async enterUpdateMode(signal?: AbortSignal): Promise<Result<void>> {
    const mode = await this.#unit.findMode();
    if (!mode.ok) return mode;
    if (mode.value === 'runtime') return await this.#unit.detach(this.#profile.deadlines.detachMs, signal);
    return await this.#unit.withRom((rom) => rom.recover());
  }

  async stage(
    slot: string,
    image: AsyncIterable<Uint8Array>,
    lenBytes: number,
    progress: TransferProgress,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    const settled = await this.#settle(signal);
    if (!settled.ok) return settled;
    return await this.#withBank(slot, 'staging', lenBytes, (rom, banks) =>
      this.#switch.stage(rom, banks, { image, lenBytes, progress, signal }),
    );
  }

  async readBack(
    slot: string,
    lenBytes: number,
    chunk: (bytes: Uint8Array) => void,
    progress: TransferProgress,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    return await this.#withBank(slot, 'staging', lenBytes, (rom, banks) =>
      this.#switch.readStaged(rom, banks, { lenBytes, chunk, progress, signal }),
    );
  }

  async readRunning(
    slot: string,
    lenBytes: number,
    chunk: (bytes: Uint8Array) => void,
    progress: TransferProgress,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    return await this.#withBank(slot, 'running', lenBytes, (rom, { memory }, { range: { startAddress } }) =>
      rom.read(memory, { startAddress, lenBytes, chunk, progress, signal }),
    );
  }

  /** The part has one switch, which counts at once: it is thrown by `reboot`. */
  async markPending(slot: string): Promise<Result<void>> {
    return await this.#withBank(slot, 'staging', 1, async (rom, banks, bank) => {
      const { id, content } = bank;
      if (content.state !== 'image' || content.hash === null) {
        return refuseNotWhole(bank, slot);
      }
      const prepared = await this.#switch.prepare(rom, banks);
      if (!prepared.ok) return prepared;
      this.#markedId = id;
      this.#trialHash = content.hash;
      return accept(undefined);
    });
  }

  async reboot(deadlineMs: number, signal?: AbortSignal, ask?: AskPerson): Promise<Result<void>> {
    const reached = await this.#reachRom(signal, ask);
    if (!reached.ok) return reached;
    const banks = await this.#readBanks();
    if (!banks.ok) return banks;
    const { running, staging } = banks.value;
    const isSwitched = staging.id === this.#markedId || this.#isOnTrial(running);
    this.#markedId = null;
    if (isSwitched) {
      const selected = await this.#select(staging, deadlineMs, signal);
      if (!selected.ok && selected.code !== 'device.no-contact') return selected;
    }
    const mode = await this.#unit.findMode();
    const up =
      mode.ok && mode.value === 'dfu' ? await this.#start(deadlineMs, signal) : await this.#awaitUp(deadlineMs, signal);
    if (up.ok || up.code !== 'device.no-contact') return up;
    this.#hasFailedToStart = true;
    return await this.#reachRom(signal, ask);
  }

  /** Nothing is written: the bank is started for good already, and from now on a reset does not go back. */
  async confirm(): Promise<Result<void>> {
    const answers = await this.#unit.contact();
    if (!answers.ok) return answers;
    this.#trialHash = null;
    this.#switch.confirm();
    return answers;
  }

  async close(): Promise<void> {
    await this.#unit.close();
  }

  async #describe(mode: 'application' | 'dfu'): Promise<Result<DeviceState>> {
    const banks = await this.#readBanks();
    if (!banks.ok) return banks;
    const seen = { mode, isOnTrial: this.#isOnTrial(banks.value.running), hasFailedToStart: this.#hasFailedToStart };
    return accept(describeDualBank(this.#profile, this.identity.serial, banks.value, seen));
  }

  #isOnTrial({ content }: Bank): boolean {
    return this.#trialHash !== null && content.hash === this.#trialHash;
  }

  /** In the ROM, by DETACH or by the hand of a person. */
  async #reachRom(signal: AbortSignal | undefined, ask: AskPerson | undefined): Promise<Result<void>> {
    const { detachMs, personMs } = this.#profile.deadlines;
    const mode = await this.#unit.findMode();
    if (mode.ok && mode.value === 'dfu') return accept(undefined);
    if (mode.ok) return await this.#unit.detach(detachMs, signal);
    if (mode.code !== 'device.not-found') return mode;
    return await this.#unit.awaitByHand('dfu', tellToStartRom(this.identity), personMs, signal, ask);
  }

  async #readBanks(): Promise<Result<Banks>> {
    return await this.#unit.withRom((rom) => this.#switch.readBanks(rom, this.#trialHash));
  }

  /** Before the other bank is written: what it comes to hold must not be started by itself. */
  async #settle(signal: AbortSignal | undefined): Promise<Result<void>> {
    const banks = await this.#readBanks();
    if (!banks.ok || banks.value.isSettled) return banks.ok ? accept(undefined) : banks;
    const selected = await this.#select(banks.value.running, this.#profile.deadlines.rebootMs, signal);
    return selected.ok ? await this.#reachRom(signal, undefined) : selected;
  }

  /** Throws the switch, and finds it thrown. */
  async #select(bank: Bank, deadlineMs: number, signal?: AbortSignal): Promise<Result<void>> {
    const throwIt = async (rom: DfuseSession): Promise<Result<void>> => {
      const banks = await this.#switch.readBanks(rom, this.#trialHash);
      return banks.ok ? await this.#switch.throwTo(rom, banks.value, bank, this.#trialHash) : banks;
    };
    const thrown = this.#switch.restarts
      ? await this.#unit.restartBy(throwIt, deadlineMs, signal)
      : await this.#unit.withRom(throwIt);
    if (!thrown.ok) return thrown;
    const mode = await this.#unit.findMode();
    if (!mode.ok || mode.value === 'runtime') return mode.ok ? accept(undefined) : mode;
    const after = await this.#readBanks();
    if (!after.ok) return after;
    const { running } = after.value;
    return running.id === bank.id ? accept(undefined) : refuseUnthrown(bank, running);
  }

  /** Starts, from the ROM, the bank that the part itself would start. */
  async #start(deadlineMs: number, signal?: AbortSignal): Promise<Result<void>> {
    const left = await this.#unit.withRom(async (rom) => {
      const banks = await this.#switch.readBanks(rom, this.#trialHash);
      if (!banks.ok) return banks;
      const ready = await this.#switch.beforeStart(rom, banks.value);
      return ready.ok ? await rom.leave(banks.value.memory, banks.value.running.range.startAddress) : ready;
    });
    await this.#unit.disconnect();
    return left.ok ? await this.#awaitUp(deadlineMs, signal) : left;
  }

  async #awaitUp(deadlineMs: number, signal?: AbortSignal): Promise<Result<void>> {
    const up = await this.#unit.awaitMode('runtime', deadlineMs, 'did not start its firmware', signal);
    if (up.ok) this.#hasFailedToStart = false;
    return up;
  }

  /** The bank that has a role *now*, by what was just read (REQ-OTA-APP-01). */
  async #withBank(
    slot: string,
    role: 'running' | 'staging',
    lenBytes: number,
    step: (rom: DfuseSession, banks: Banks, bank: Bank) => Promise<Result<void>>,
  ): Promise<Result<void>> {
    return await this.#unit.withRom(async (rom) => {
      const banks = await this.#switch.readBanks(rom, this.#trialHash);
      if (!banks.ok) return banks;
      const bank = banks.value[role];
      if (bank.logical !== slot) return refuseNoSlot(this.#profile.id, slot);
      const fits = checkImageLength(bank.range.endAddress - bank.range.startAddress, lenBytes);
      return fits.ok ? await step(rom, banks.value, bank) : fits;
    });
  }
}
