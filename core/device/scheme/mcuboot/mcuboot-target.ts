import { accept, refuse } from '../../../../contract/result.ts';
import type { Result } from '../../../../contract/result.ts';
import type { DeviceState } from '../../../../contract/schema/device.ts';
import type { Clock } from '../../../ports.ts';
import { checkRoom } from '../../check-room.ts';
import { UnmanifestedWrite } from '../../dfu/unmanifested-write.ts';
import { HeldUnit } from '../../held-unit.ts';
import type { HeldUnitOptions } from '../../held-unit.ts';
import type { McubootProfile } from '../../profile/mcuboot.ts';
import { listSlots } from '../../profile/slots.ts';
import type { UnitConnection } from '../../unit-connection.ts';
import type { AskPerson, TargetIdentity, TransferProgress, UnitMode, UpdateTarget } from '../../update-target.ts';
import { checkMarked } from './check-marked.ts';
import { composeState } from './compose-state.ts';
import { readHardware } from './hardware.ts';
import { ModeChange } from './mode-change.ts';
import { readSlots } from './read-slots.ts';
import type { McubootSlot } from './read-slots.ts';
import { takeImage } from './take-image.ts';

export interface McubootTargetOptions extends HeldUnitOptions {
  readonly profile: McubootProfile;
}

/**
 * Update target of scheme `mcuboot`: MCUboot's two slots behind Zephyr's USB DFU class. Nothing but DFU is spoken: what the unit runs,
 * what it will boot and whether it made its image permanent is read from its slots, in DFU mode. Manifestation marks an image for
 * its test boot, whatever the image is, so that it is the last thing that is asked of the unit.
 */
export class McubootTarget implements UpdateTarget {
  readonly identity: TargetIdentity;
  readonly #profile: McubootProfile;
  readonly #held: HeldUnit;
  readonly #modes: ModeChange;
  readonly #written = new UnmanifestedWrite();

  constructor(options: McubootTargetOptions) {
    const clock: Clock = options.host.clock;
    this.identity = options.identity;
    this.#profile = options.profile;
    this.#held = new HeldUnit(options);
    this.#modes = new ModeChange(this.#held, options.profile, clock);
  }

  async identify(): Promise<Result<UnitMode>> {
    return await this.#modes.identify();
  }

  async readState(signal?: AbortSignal): Promise<Result<DeviceState>> {
    const entered = await this.enterUpdateMode(signal);
    return entered.ok ? await this.#held.withConnection((unit) => this.#read(unit, signal)) : entered;
  }

  async enterUpdateMode(signal?: AbortSignal, ask?: AskPerson): Promise<Result<void>> {
    this.#written.forget();
    return await this.#modes.enterDfuMode(signal, ask);
  }

  async stage(
    slot: string,
    image: AsyncIterable<Uint8Array>,
    lenBytes: number,
    progress: TransferProgress,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    return await this.#withSlot(slot, 'staging', async (unit, place) => {
      const room = this.#checkRoom(place, lenBytes);
      if (!room.ok) return room;
      const taken = await takeImage(image, lenBytes);
      if (!taken.ok) return taken;
      const request = { image: once(taken.value), lenBytes, progress, signal };
      return await this.#written.send(unit, slot, place.alternate, request);
    });
  }

  async readBack(
    slot: string,
    lenBytes: number,
    chunk: (bytes: Uint8Array) => void,
    progress: TransferProgress,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    return await this.#upload('staging', slot, { lenBytes, chunk, progress, signal });
  }

  async readRunning(
    slot: string,
    lenBytes: number,
    chunk: (bytes: Uint8Array) => void,
    progress: TransferProgress,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    return await this.#upload('running', slot, { lenBytes, chunk, progress, signal });
  }

  /** Ends the write and reads what the unit made of it; a unit that reboots at once is read after its boot instead. */
  async markPending(slot: string): Promise<Result<void>> {
    return await this.#held.withConnection(async (unit) => {
      const manifested = await this.#written.manifest(unit, slot);
      if (!manifested.ok) return manifested;
      if (manifested.value === 'reset-needed' || this.#profile.afterManifestation === 'reboots') {
        this.#modes.expectReboot(unit.sighting);
        return accept(undefined);
      }
      const state = await this.#read(unit);
      return state.ok ? checkMarked(state.value, slot) : state;
    });
  }

  async reboot(deadlineMs: number, signal?: AbortSignal, ask?: AskPerson): Promise<Result<void>> {
    this.#written.forget();
    return await this.#modes.reboot(deadlineMs, signal, ask);
  }

  confirm(): Promise<Result<void>> {
    const { id } = this.#profile;
    const reason = `Units of profile ${id} confirm their firmware themselves.`;
    return Promise.resolve(refuse('device.confirm-unsupported', reason));
  }

  async close(): Promise<void> {
    await this.#held.close();
  }

  async #read(unit: UnitConnection, signal?: AbortSignal): Promise<Result<DeviceState>> {
    const hardware = await readHardware(unit.link, this.#profile);
    if (!hardware.ok) return hardware;
    const slots = await readSlots(unit, this.#profile, signal);
    return slots.ok ? accept(composeState(this.identity, this.#profile, hardware.value, slots.value)) : slots;
  }

  async #upload(
    role: McubootSlot['role'],
    slot: string,
    request: Parameters<UnitConnection['dfu']['upload']>[1],
  ): Promise<Result<void>> {
    return await this.#withSlot(slot, role, async (unit, place) => {
      const room = this.#checkRoom(place, request.lenBytes);
      return room.ok ? await unit.dfu.upload(place.alternate, request) : room;
    });
  }

  /** Swap by move takes one sector more than the image and the trailer. */
  #checkRoom({ sizeBytes }: McubootSlot, lenBytes: number): Result<void> {
    const { trailer } = this.#profile;
    return checkRoom(sizeBytes - trailer.sectorBytes, trailer, lenBytes);
  }

  async #withSlot(
    logical: string,
    role: McubootSlot['role'],
    step: (unit: UnitConnection, place: McubootSlot) => Promise<Result<void>>,
  ): Promise<Result<void>> {
    const place = listSlots(this.#profile.slots).find((slot) => slot.logical === logical && slot.role === role);
    if (place === undefined) {
      return refuse('device.slot-unknown', `The unit has no slot named ${logical}.`, { logical });
    }
    return await this.#held.withDfuMode((unit) => step(unit, place));
  }
}

// eslint-disable-next-line @typescript-eslint/require-await -- bytes that are already there
async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
