import { accept, refuse } from '../../../../contract/result.ts';
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
import { writeBankBit } from './bank-bit.ts';
import { describeDualBank } from './describe-dual-bank.ts';
import { readBanks } from './read-banks.ts';
import type { Bank, Banks } from './read-banks.ts';

export interface DualBankTargetOptions extends HeldUnitOptions {
  readonly profile: DfuseDualBankProfile;
  readonly known: KnownUnit | null;
}

/**
 * Update target of scheme `dfuse-dual-bank`. The part boots whichever bank its option bit names, for good; the trial is kept by
 * the station: until it confirms, a reset by the station goes back to the other bank. Slots can be read in the ROM only, so that
 * a unit in operation is taken out of it for each look and started again.
 */
export class DualBankTarget implements UpdateTarget {
  readonly identity: TargetIdentity;
  readonly #profile: DfuseDualBankProfile;
  readonly #unit: RomUnit;
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
    this.#trialHash = options.known?.trialHash ?? null;
  }

  async identify(): Promise<Result<UnitMode>> {
    return await this.#unit.identify();
  }

  async readState(): Promise<Result<DeviceState>> {
    const mode = await this.#unit.findMode();
    if (!mode.ok) return mode;
    if (mode.value === 'dfu') return await this.#describe('dfu');
    const left = await this.#unit.detach(this.#profile.deadlines.detachMs);
    if (!left.ok) return left;
    const state = await this.#describe('application');
    const back = await this.#start(this.#profile.deadlines.rebootMs);
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
    return await this.#withBank(slot, 'staging', async (rom, banks, { range }) => {
      const fits = checkImageLength(range.endAddress - range.startAddress, lenBytes);
      if (!fits.ok) return fits;
      return await rom.writeSlot(banks.memory, { slot: range, erase: 'image', image, lenBytes, progress, signal });
    });
  }

  async readBack(
    slot: string,
    lenBytes: number,
    chunk: (bytes: Uint8Array) => void,
    progress: TransferProgress,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    return await this.#read('staging', slot, lenBytes, chunk, progress, signal);
  }

  async readRunning(
    slot: string,
    lenBytes: number,
    chunk: (bytes: Uint8Array) => void,
    progress: TransferProgress,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    return await this.#read('running', slot, lenBytes, chunk, progress, signal);
  }

  /** The part has one switch, and to throw it restarts the part: that is done by `reboot`. */
  async markPending(slot: string): Promise<Result<void>> {
    return await this.#withBank(slot, 'staging', (_rom, _banks, { id, content }) => {
      if (content.state !== 'image' || content.hash === null) {
        const reason = `The bank ${id} does not hold a whole image (${content.state}); it is not started.`;
        return Promise.resolve(refuse('device.not-pending', reason, { slot }));
      }
      this.#markedId = id;
      this.#trialHash = content.hash;
      return Promise.resolve(accept(undefined));
    });
  }

  async reboot(deadlineMs: number, signal?: AbortSignal, ask?: AskPerson): Promise<Result<void>> {
    const reached = await this.#reachRom(signal, ask);
    if (!reached.ok) return reached;
    const banks = await this.#unit.withRom((rom) => readBanks(rom, this.#profile));
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
    this.#trialHash = null;
    return await this.#unit.contact();
  }

  async close(): Promise<void> {
    await this.#unit.close();
  }

  async #describe(mode: 'application' | 'dfu'): Promise<Result<DeviceState>> {
    const banks = await this.#unit.withRom((rom) => readBanks(rom, this.#profile));
    if (!banks.ok) return banks;
    return accept(
      describeDualBank(this.#profile, this.identity.serial, banks.value, {
        mode,
        isOnTrial: this.#isOnTrial(banks.value.running),
        hasFailedToStart: this.#hasFailedToStart,
      }),
    );
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
    const { position, serial } = this.identity;
    const text = `The unit ${serial} at position ${position} does not come up. Start its ROM boot loader by hand (BOOT0 set, as its manual says) and switch it off and on; the job then goes on by itself. Both banks hold what they held.`;
    return await this.#unit.awaitByHand('dfu', text, personMs, signal, ask);
  }

  /** Throws the switch, and finds it thrown. */
  async #select(bank: Bank, deadlineMs: number, signal?: AbortSignal): Promise<Result<void>> {
    const { optionBit } = this.#profile;
    const restarted = await this.#unit.restartBy((rom) => writeBankBit(rom, optionBit, bank.bit), deadlineMs, signal);
    if (!restarted.ok) return restarted;
    const mode = await this.#unit.findMode();
    if (!mode.ok || mode.value === 'runtime') return mode.ok ? accept(undefined) : mode;
    const after = await this.#unit.withRom((rom) => readBanks(rom, this.#profile));
    if (!after.ok) return after;
    if (after.value.running.id === bank.id) return accept(undefined);
    return refuse(
      'device.not-pending',
      `The unit did not take the option bytes: it still starts ${after.value.running.id} instead of ${bank.id}. Both banks hold what they held.`,
      { bank: bank.id },
    );
  }

  /** Starts the bank that the option bit names, from the ROM. */
  async #start(deadlineMs: number, signal?: AbortSignal): Promise<Result<void>> {
    const left = await this.#unit.withRom(async (rom) => {
      const banks = await readBanks(rom, this.#profile);
      return banks.ok ? await rom.leave(banks.value.memory, banks.value.running.range.startAddress) : banks;
    });
    await this.#unit.disconnect();
    return left.ok ? await this.#awaitUp(deadlineMs, signal) : left;
  }

  async #awaitUp(deadlineMs: number, signal?: AbortSignal): Promise<Result<void>> {
    const up = await this.#unit.awaitMode('runtime', deadlineMs, 'did not start its firmware', signal);
    if (up.ok) this.#hasFailedToStart = false;
    return up;
  }

  async #read(
    role: 'running' | 'staging',
    slot: string,
    lenBytes: number,
    chunk: (bytes: Uint8Array) => void,
    progress: TransferProgress,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    return await this.#withBank(slot, role, async (rom, { memory }, { range }) => {
      const fits = checkImageLength(range.endAddress - range.startAddress, lenBytes);
      if (!fits.ok) return fits;
      return await rom.read(memory, { startAddress: range.startAddress, lenBytes, chunk, progress, signal });
    });
  }

  /** The bank that has a role *now*, by what was just read (REQ-OTA-APP-01). */
  async #withBank(
    slot: string,
    role: 'running' | 'staging',
    step: (rom: DfuseSession, banks: Banks, bank: Bank) => Promise<Result<void>>,
  ): Promise<Result<void>> {
    return await this.#unit.withRom(async (rom) => {
      const banks = await readBanks(rom, this.#profile);
      if (!banks.ok) return banks;
      const bank = banks.value[role];
      if (bank.logical === slot) return await step(rom, banks.value, bank);
      return refuse('device.slot-unknown', `The device profile ${this.#profile.id} has no slot named ${slot}.`, {
        slot,
      });
    });
  }
}
