import { accept, refuse } from '../../../../contract/result.ts';
import type { Result } from '../../../../contract/result.ts';
import type { DeviceState } from '../../../../contract/schema/device.ts';
import { checkState } from '../../check-identity.ts';
import { checkRoom } from '../../check-room.ts';
import type { Manifested } from '../../dfu/download.ts';
import { HeldUnit, mayHaveLeft } from '../../held-unit.ts';
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
  /** Block that follows what was sent and not manifested yet. */
  #nextBlock: number | null = null;

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
    const inDfuMode = await this.#held.withConnection(async (unit) => {
      if (unit.mode === 'dfu') return done(await unit.dfu.recover(), true);
      const detached = await unit.dfu.detach();
      if (!detached.ok && !mayHaveLeft(detached)) return detached;
      // DFU 1.1 §5.1: without willDetach the unit waits for the host's bus reset.
      if (unit.dfu.dfuInterface.functional.willDetach) return accept(false);
      return done(await unit.link.reset(), false);
    });
    if (!inDfuMode.ok) return inDfuMode;
    if (inDfuMode.value) return accept(undefined);
    await this.#disconnect();
    const back = await this.#held.awaitReturn({
      deadlineMs: this.#profile.deadlines.detachMs,
      isBack: (sighted) => sighted.unit.mode !== 'runtime',
      contact: () => this.readState(),
      whatFailed: 'did not come back in DFU mode',
      signal,
    });
    return back.ok ? await this.#held.withConnection(async (unit) => await unit.dfu.recover()) : back;
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
      const sent = await unit.dfu.send(place.alternate, request);
      if (!sent.ok) return sent;
      this.#nextBlock = sent.value;
      return accept(undefined);
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
        const manifested = await this.#manifest(unit);
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
    const left = await this.#held.withConnection(async (unit) => {
      const asked = await requestReset(unit.link, this.#profile.deadlines.transferMs);
      if (asked.ok || mayHaveLeft(asked)) return accept(unit.sighting);
      // A unit that hangs after manifestation knows the bus reset only.
      if (asked.code === 'device.stalled' && unit.mode === 'dfu') return done(await unit.dfu.leave(), unit.sighting);
      return asked;
    });
    if (!left.ok) return left;
    await this.#disconnect();
    return await this.#held.awaitReturn({
      deadlineMs,
      isBack: (sighted) => sighted.sighting !== left.value,
      contact: () => this.readState(),
      whatFailed: 'did not come back after its reset',
      signal,
    });
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

  async #disconnect(): Promise<void> {
    this.#nextBlock = null;
    await this.#held.disconnect();
  }

  /** The same, with the unit's state asked for anew and its own word on who it is checked. */
  async #withUnit<T>(step: (unit: UnitConnection, state: DeviceState) => Promise<Result<T>>): Promise<Result<T>> {
    return await this.#held.withConnection(async (unit) => {
      const state = await this.#readInfo(unit);
      if (!state.ok) return state;
      const known = checkState(this.identity, this.#profile, state.value);
      return known.ok ? await step(unit, state.value) : known;
    });
  }

  async #withSlot(
    slot: string,
    find: typeof findStaging,
    step: (unit: UnitConnection, place: SlotPlace) => Promise<Result<void>>,
  ): Promise<Result<void>> {
    return await this.#withUnit(async (unit, state) => {
      if (unit.mode !== 'dfu') {
        return refuse('device.wrong-mode', 'The unit is in run-time mode; its slots can be reached in DFU mode only.');
      }
      const place = find(this.#profile, state, slot);
      return place.ok ? await step(unit, place.value) : place;
    });
  }

  async #manifest(unit: UnitConnection): Promise<Result<Manifested>> {
    const nextBlock = this.#nextBlock;
    this.#nextBlock = null;
    if (nextBlock !== null) return await unit.dfu.manifest(nextBlock);
    return refuse('device.not-pending', 'Nothing that could be activated was written since the unit was connected.');
  }

  async #readInfo(unit: UnitConnection): Promise<Result<DeviceState>> {
    const info = await requestInfo(unit.link, this.#profile.deadlines.transferMs);
    return info.ok ? placeSlots(this.#profile, info.value) : info;
  }

  #checkRoom({ sizeBytes }: SlotPlace, lenBytes: number): Result<void> {
    return checkRoom(sizeBytes, this.#profile.trailer, lenBytes);
  }
}

function done<T>(result: Result<unknown>, value: T): Result<T> {
  return result.ok ? accept(value) : result;
}
