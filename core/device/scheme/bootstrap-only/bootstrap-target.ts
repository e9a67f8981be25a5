import { accept, refuse } from '../../../../contract/result.ts';
import type { Result } from '../../../../contract/result.ts';
import type { DeviceState } from '../../../../contract/schema/device.ts';
import { checkImageLength } from '../../check-image-length.ts';
import type { DfuseSession } from '../../dfuse/dfuse-session.ts';
import { RomUnit } from '../../dfuse/rom-unit.ts';
import type { HeldUnitOptions } from '../../held-unit.ts';
import type { BootstrapOnlyProfile } from '../../profile/bootstrap-only.ts';
import type { UsbMatch, UsbModes } from '../../profile/fields.ts';
import type { DeviceProfile } from '../../profile/profile.ts';
import type { AskPerson, TargetIdentity, TransferProgress, UnitMode, UpdateTarget } from '../../update-target.ts';
import type { SightedUnit } from '../../usb-scanner.ts';
import { whileAsking } from '../../while-asking.ts';
import { readMemorySlot } from './read-memory-slot.ts';
import type { MemorySlot } from './read-memory-slot.ts';

export interface BootstrapTargetOptions extends HeldUnitOptions {
  readonly profile: BootstrapOnlyProfile;
  /** The profile under which the unit comes up, and the unit as it is held then: at the same position, under its own serial number. */
  readonly becomes: DeviceProfile;
  readonly next: UpdateTarget;
}

/**
 * Update target of scheme `bootstrap-only`: one memory behind a ROM boot loader. Until it is left the unit runs nothing and is
 * known by what the operator stated; from then on it is the unit of another profile, and must say itself that it is that one.
 */
export class BootstrapTarget implements UpdateTarget {
  readonly identity: TargetIdentity;
  readonly #profile: BootstrapOnlyProfile;
  readonly #becomes: UsbModes;
  readonly #rom: RomUnit;
  readonly #next: UpdateTarget;
  #hasLeft = false;
  /** All of it was written and compared; nothing else is ever started. */
  #isMarked = false;

  constructor(options: BootstrapTargetOptions) {
    this.identity = options.identity;
    this.#profile = options.profile;
    this.#becomes = options.becomes.usb;
    this.#rom = new RomUnit(options);
    this.#next = options.next;
  }

  async identify(): Promise<Result<UnitMode>> {
    return this.#hasLeft ? await this.#next.identify() : await this.#rom.identify();
  }

  async readState(): Promise<Result<DeviceState>> {
    if (this.#hasLeft) {
      const state = await this.#next.readState();
      return state.ok ? accept(withoutTrial(state.value)) : state;
    }
    return await this.#rom.withRom(async (rom) => {
      const slot = await readMemorySlot(rom, this.#profile);
      return slot.ok ? accept(describe(this.#profile, this.identity.serial, slot.value)) : slot;
    });
  }

  async enterUpdateMode(signal?: AbortSignal, ask?: AskPerson): Promise<Result<void>> {
    if (this.#hasLeft) return await this.#next.enterUpdateMode(signal, ask);
    const mode = await this.#rom.findMode();
    if (!mode.ok && mode.code === 'device.not-found') {
      const { position, serial } = this.identity;
      const text = `The unit ${serial} left position ${position} while it was written. Start its ROM boot loader by hand again, as its manual says; it is then written from the start.`;
      const { personMs } = this.#profile.deadlines;
      const back = await this.#rom.awaitByHand('dfu', text, personMs, signal, ask);
      if (!back.ok) return back;
    } else if (!mode.ok) return mode;
    return await this.#rom.withRom((rom) => rom.recover());
  }

  async stage(
    slot: string,
    image: AsyncIterable<Uint8Array>,
    lenBytes: number,
    progress: TransferProgress,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    return await this.#withSlot(slot, lenBytes, async (rom, { memory, range }) => {
      const { erase } = this.#profile;
      return await rom.writeSlot(memory, { slot: range, erase, image, lenBytes, progress, signal });
    });
  }

  async readBack(
    slot: string,
    lenBytes: number,
    chunk: (bytes: Uint8Array) => void,
    progress: TransferProgress,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    return await this.#withSlot(slot, lenBytes, async (rom, { memory, range }) => {
      return await rom.read(memory, { startAddress: range.startAddress, lenBytes, chunk, progress, signal });
    });
  }

  readRunning(): Promise<Result<void>> {
    const reason = 'The unit sits in its ROM boot loader and runs no firmware that could be read.';
    return Promise.resolve(refuse('device.upload-unsupported', reason));
  }

  /** There is nothing to mark: what is written is started for good. That it is a whole image is looked at once more. */
  async markPending(slot: string): Promise<Result<void>> {
    return await this.#withSlot(slot, 1, (_rom, { content }) => {
      this.#isMarked = content.state === 'image';
      if (this.#isMarked) return Promise.resolve(accept(undefined));
      const reason = `The unit's memory does not hold a whole image (${content.state}); it is not started, its boot loader stays.`;
      return Promise.resolve(refuse('device.not-pending', reason, { slot }));
    });
  }

  async reboot(deadlineMs: number, signal?: AbortSignal, ask?: AskPerson): Promise<Result<void>> {
    if (this.#hasLeft) return await this.#next.reboot(deadlineMs, signal, ask);
    if (!this.#isMarked) {
      const reason = 'What the memory of the unit holds was not verified; it is not started, its boot loader stays.';
      return refuse('device.not-pending', reason);
    }
    const left = await this.#rom.withRom(async (rom) => {
      const slot = await readMemorySlot(rom, this.#profile);
      return slot.ok ? await rom.leave(slot.value.memory, slot.value.range.startAddress) : slot;
    });
    if (!left.ok) return left;
    await this.#rom.disconnect();
    const up = await this.#awaitNext(deadlineMs, signal);
    if (up.ok || up.code !== 'device.no-contact' || ask === undefined) return up;
    return await this.#awaitByHand(signal, ask);
  }

  async confirm(): Promise<Result<void>> {
    return await this.#next.confirm();
  }

  async close(): Promise<void> {
    await this.#next.close();
    await this.#rom.close();
  }

  /** The ROM may have started again, because the strap that led there is still set. */
  async #awaitByHand(signal: AbortSignal | undefined, ask: AskPerson): Promise<Result<void>> {
    const { position, serial } = this.identity;
    const text = `The unit ${serial} at position ${position} was written and does not come up. Take the strap of its ROM boot loader off (BOOT0) and switch it off and on; the job then goes on by itself.`;
    return await whileAsking(ask, text, () => this.#awaitNext(this.#profile.deadlines.personMs, signal));
  }

  /** At the same position, under the other profile, with the serial number that was stated; another one ends the wait. */
  async #awaitNext(deadlineMs: number, signal: AbortSignal | undefined): Promise<Result<void>> {
    const { runtime, dfu } = this.#becomes;
    const up = await this.#rom.awaitReturn({
      deadlineMs,
      isBack: (sighted) => shows(sighted, runtime) || shows(sighted, dfu),
      contact: () => this.#next.identify(),
      whatFailed: `did not come up as ${this.#profile.becomes}`,
      signal,
    });
    if (up.ok) this.#hasLeft = true;
    return up;
  }

  async #withSlot(
    logical: string,
    lenBytes: number,
    step: (rom: DfuseSession, slot: MemorySlot) => Promise<Result<void>>,
  ): Promise<Result<void>> {
    return await this.#rom.withRom(async (rom) => {
      const slot = await readMemorySlot(rom, this.#profile);
      if (!slot.ok) return slot;
      if (slot.value.logical !== logical) {
        const reason = `The device profile ${this.#profile.id} has no slot named ${logical}.`;
        return refuse('device.slot-unknown', reason, { logical });
      }
      const { startAddress, endAddress } = slot.value.range;
      const fits = checkImageLength(endAddress - startAddress, lenBytes);
      return fits.ok ? await step(rom, slot.value) : fits;
    });
  }
}

/** An image that was written as a permanent one is not on trial, and a unit that tests itself on trial only has nothing to tell. */
function withoutTrial(state: DeviceState): DeviceState {
  return state.selfTest.state === 'not-run' ? { ...state, selfTest: { state: 'not-reported', results: [] } } : state;
}

function shows({ unit }: SightedUnit, match: UsbMatch | undefined): boolean {
  return match?.vendorId === unit.vendorId && match.productId === unit.productId;
}

/**
 * Nothing runs, and the one slot may be written. The counter of what lies there is told all the same, so that it counts against a
 * downgrade (REQ-OTA-VER-01).
 */
function describe(profile: BootstrapOnlyProfile, serial: string, slot: MemorySlot): DeviceState {
  const { logical, range, content, memory } = slot;
  const sizeBytes = range.endAddress - range.startAddress;
  return {
    product: profile.product,
    hardware: profile.hardware,
    serial,
    mode: 'bootloader',
    slots: [
      {
        id: 'boot-loader',
        logical,
        role: 'running',
        name: 'ROM boot loader',
        sizeBytes: 0,
        state: content.state === 'empty' ? 'empty' : 'invalid',
        version: null,
        counter: content.counter,
        hash: null,
        alternate: null,
      },
      { id: logical, logical, role: 'staging', name: logical, sizeBytes, ...content, alternate: memory.alternate },
    ],
    boot: { swap: 'none', imageOk: false, copyDone: false },
    selfTest: { state: 'not-run', results: [] },
    previousSelfTest: null,
  };
}
