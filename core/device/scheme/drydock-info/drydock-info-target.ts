import { accept, refuse } from '../../../../contract/result.ts';
import type { Result } from '../../../../contract/result.ts';
import type { DeviceState } from '../../../../contract/schema/device.ts';
import { checkState } from '../../check-identity.ts';
import { checkRoom } from '../../check-room.ts';
import { UnmanifestedWrite } from '../../dfu/unmanifested-write.ts';
import { HeldUnit } from '../../held-unit.ts';
import type { HeldUnitOptions } from '../../held-unit.ts';
import type { DrydockInfoProfile } from '../../profile/drydock-info.ts';
import type { UnitConnection } from '../../unit-connection.ts';
import type { TargetIdentity, TransferProgress, UnitMode, UpdateTarget } from '../../update-target.ts';
import { requestActivate, requestConfirm, requestInfo, requestReset } from './info-requests.ts';
import { findRunning, findStaging, placeSlots } from './place-slots.ts';
import type { SlotPlace } from './place-slots.ts';

export interface DrydockInfoTargetOptions extends HeldUnitOptions {
  readonly profile: DrydockInfoProfile;
}

/** Update target of scheme `drydock-info`: A/B slots behind DFU alternates, state and orders over the drydock-info requests. */
export class DrydockInfoTarget implements UpdateTarget {
  readonly identity: TargetIdentity;
  readonly #profile: DrydockInfoProfile;
  readonly #held: HeldUnit;
  readonly #written = new UnmanifestedWrite();

  constructor(options: DrydockInfoTargetOptions) {
    this.identity = options.identity;
    this.#profile = options.profile;
    this.#held = new HeldUnit(options);
  }

  async identify(): Promise<Result<UnitMode>> {
    return await this.#withUnit((unit) => Promise.resolve(accept(unit.mode)));
  }

  async readState(): Promise<Result<DeviceState>> {
    return await this.#withUnit((_unit, state) => Promise.resolve(accept(state)));
  }

  async enterUpdateMode(signal?: AbortSignal): Promise<Result<void>> {
    const mode = await this.#held.withConnection((unit) => Promise.resolve(accept(unit.mode)));
    if (!mode.ok) return mode;
    if (mode.value === 'runtime') {
      this.#written.forget();
      const entered = await this.#held.enterDfuMode({
        deadlineMs: this.#profile.deadlines.detachMs,
        contact: () => this.readState(),
        whatFailed: 'did not come back in DFU mode',
        signal,
      });
      if (!entered.ok) return entered;
    }
    return await this.#held.withConnection((unit) => unit.dfu.recover());
  }

  async stage(
    slot: string,
    image: AsyncIterable<Uint8Array>,
    lenBytes: number,
    progress: TransferProgress,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    return await this.#withSlot(slot, findStaging, async (unit, place) => {
      const room = this.#checkRoom(place, lenBytes);
      if (!room.ok) return room;
      const request = { image, lenBytes, progress, signal };
      if (this.#profile.pendingBy === 'request') {
        const manifested = await unit.dfu.download(place.alternate, request);
        return manifested.ok ? accept(undefined) : manifested;
      }
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
    return await this.#withSlot(slot, findStaging, async (unit, place) => {
      const room = this.#checkRoom(place, lenBytes);
      if (!room.ok) return room;
      return await unit.dfu.upload(place.alternate, { lenBytes, chunk, progress, signal });
    });
  }

  async readRunning(
    slot: string,
    lenBytes: number,
    chunk: (bytes: Uint8Array) => void,
    progress: TransferProgress,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    return await this.#withSlot(slot, findRunning, async (unit, place) => {
      return await unit.dfu.upload(place.alternate, { lenBytes, chunk, progress, signal });
    });
  }

  async markPending(slot: string): Promise<Result<void>> {
    return await this.#withUnit(async (unit, state) => {
      const place = findStaging(this.#profile, state, slot);
      if (!place.ok) return place;
      if (this.#profile.pendingBy === 'request') {
        const asked = await requestActivate(unit.link, place.value.alternate, this.#profile.deadlines.transferMs);
        if (!asked.ok) return asked;
      } else {
        const manifested = await this.#written.manifest(unit, slot);
        if (!manifested.ok) return manifested;
        // A unit that does not tolerate manifestation need not answer until its reset.
        if (manifested.value === 'reset-needed') return accept(undefined);
      }
      const after = await this.#readInfo(unit);
      if (!after.ok) return after;
      const seen = after.value.slots.find((candidate) => candidate.id === place.value.id)?.state;
      if (seen === 'pending') return accept(undefined);
      return refuse(
        'device.not-pending',
        `The unit did not mark the slot ${slot} for a test boot; its state is ${seen ?? 'unknown'}.`,
        { slot },
      );
    });
  }

  async reboot(deadlineMs: number, signal?: AbortSignal): Promise<Result<void>> {
    this.#written.forget();
    const wait = {
      deadlineMs,
      contact: () => this.readState(),
      whatFailed: 'did not come back after its reset',
      signal,
    };
    return await this.#held.restartBy(async (unit) => {
      const asked = await requestReset(unit.link, this.#profile.deadlines.transferMs);
      // A unit that hangs after manifestation knows the bus reset only.
      const knowsBusReset = !asked.ok && asked.code === 'device.stalled' && unit.mode === 'dfu';
      return knowsBusReset ? await unit.dfu.leave() : asked;
    }, wait);
  }

  async confirm(): Promise<Result<void>> {
    if (this.#profile.confirmedBy !== 'station') {
      return refuse(
        'device.confirm-unsupported',
        `Units of profile ${this.#profile.id} confirm their firmware themselves.`,
      );
    }
    return await this.#withUnit(async (unit) => {
      const asked = await requestConfirm(unit.link, this.#profile.deadlines.transferMs);
      if (!asked.ok) return asked;
      const after = await this.#readInfo(unit);
      if (!after.ok) return after;
      if (after.value.boot.imageOk) return accept(undefined);
      return refuse(
        'device.not-confirmed',
        'The unit took the request to keep its new firmware and did not mark it permanent.',
      );
    });
  }

  async close(): Promise<void> {
    await this.#held.close();
  }

  /** Runs a step with the unit's state asked for anew and its own word on who it is checked. */
  async #withUnit<T>(step: (unit: UnitConnection, state: DeviceState) => Promise<Result<T>>): Promise<Result<T>> {
    return await this.#held.withConnection(async (unit) => {
      const state = await this.#readState(unit);
      return state.ok ? await step(unit, state.value) : state;
    });
  }

  async #withSlot(
    slot: string,
    find: typeof findStaging,
    step: (unit: UnitConnection, place: SlotPlace) => Promise<Result<void>>,
  ): Promise<Result<void>> {
    return await this.#held.withDfuMode(async (unit) => {
      const state = await this.#readState(unit);
      if (!state.ok) return state;
      const place = find(this.#profile, state.value, slot);
      return place.ok ? await step(unit, place.value) : place;
    });
  }

  async #readState(unit: UnitConnection): Promise<Result<DeviceState>> {
    const state = await this.#readInfo(unit);
    if (!state.ok) return state;
    const known = checkState(this.identity, this.#profile, state.value);
    return known.ok ? state : known;
  }

  async #readInfo(unit: UnitConnection): Promise<Result<DeviceState>> {
    const info = await requestInfo(unit.link, this.#profile.deadlines.transferMs);
    return info.ok ? placeSlots(this.#profile, info.value) : info;
  }

  #checkRoom({ sizeBytes }: SlotPlace, lenBytes: number): Result<void> {
    return checkRoom(sizeBytes, this.#profile.trailer, lenBytes);
  }
}
