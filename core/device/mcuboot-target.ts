import { accept, refuse } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import type { DeviceState } from '../../contract/schema/device.ts';
import { checkSighting, checkState } from './check-identity.ts';
import { checkRoom, findRunningAlternate, findStagingAlternate } from './check-staging.ts';
import { requestActivate, requestConfirm, requestReset } from './drydock-info.ts';
import type { DeviceProfile } from './profile.ts';
import { UnitConnection } from './unit-connection.ts';
import type { HostOptions } from './unit-connection.ts';
import type { TargetIdentity, TransferProgress, UpdateTarget } from './update-target.ts';
import type { SightedUnit, UsbScanner } from './usb-scanner.ts';

/** How often the bus is looked at while a unit is away. */
const LOOK_EVERY_MS = 100;

export interface McubootTargetOptions {
  readonly identity: TargetIdentity;
  readonly profile: DeviceProfile;
  readonly scanner: UsbScanner;
  readonly host: HostOptions;
  /** Called once, when the unit is given back. */
  readonly onClose: () => void;
}

/** Update target of scheme `mcuboot`: A/B slots behind DFU alternates, state over the drydock-info requests. */
export class McubootTarget implements UpdateTarget {
  readonly identity: TargetIdentity;
  readonly #profile: DeviceProfile;
  readonly #scanner: UsbScanner;
  readonly #host: HostOptions;
  readonly #onClose: () => void;
  #connection: UnitConnection | null = null;
  /** The unit does not tolerate manifestation: until its reset it need not answer. */
  #isResetNeeded = false;
  #isClosed = false;

  constructor(options: McubootTargetOptions) {
    this.identity = options.identity;
    this.#profile = options.profile;
    this.#scanner = options.scanner;
    this.#host = options.host;
    this.#onClose = options.onClose;
  }

  async readState(): Promise<Result<DeviceState>> {
    return await this.#withUnit((_unit, state) => Promise.resolve(accept(state)));
  }

  async enterUpdateMode(signal?: AbortSignal): Promise<Result<void>> {
    const inDfuMode = await this.#withConnection(async (unit) => {
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
    const back = await this.#awaitUnit(
      this.#profile.deadlines.detachMs,
      (sighted) => sighted.unit.mode !== 'runtime',
      'did not come back in DFU mode',
      signal,
    );
    return back.ok ? await this.#withConnection(async (unit) => await unit.dfu.recover()) : back;
  }

  async stage(
    slot: string,
    image: AsyncIterable<Uint8Array>,
    lenBytes: number,
    progress: TransferProgress,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    return await this.#withSlot(slot, findStagingAlternate, async (unit, state, alternate) => {
      const room = checkRoom(this.#profile, state, slot, lenBytes);
      if (!room.ok) return room;
      const manifested = await unit.dfu.download(alternate, { image, lenBytes, progress, signal });
      if (!manifested.ok) return manifested;
      this.#isResetNeeded = manifested.value === 'reset-needed';
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
    return await this.#withSlot(slot, findStagingAlternate, async (unit, state, alternate) => {
      const room = checkRoom(this.#profile, state, slot, lenBytes);
      if (!room.ok) return room;
      return await unit.dfu.upload(alternate, { lenBytes, chunk, progress, signal });
    });
  }

  async readRunning(
    slot: string,
    lenBytes: number,
    chunk: (bytes: Uint8Array) => void,
    progress: TransferProgress,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    return await this.#withSlot(slot, findRunningAlternate, async (unit, _state, alternate) => {
      return await unit.dfu.upload(alternate, { lenBytes, chunk, progress, signal });
    });
  }

  async markPending(slot: string): Promise<Result<void>> {
    if (this.#profile.pendingBy === 'manifestation' && this.#isResetNeeded) return accept(undefined);
    return await this.#withUnit(async (unit, state) => {
      const alternate = findStagingAlternate(this.#profile, state, slot);
      if (!alternate.ok) return alternate;
      if (this.#profile.pendingBy === 'request') {
        const asked = await requestActivate(unit.link, alternate.value, this.#profile.deadlines.transferMs);
        if (!asked.ok) return asked;
      }
      const after = await unit.readInfo();
      if (!after.ok) return after;
      const seen = after.value.slots.find((candidate) => candidate.alternate === alternate.value)?.state;
      if (seen === 'pending') return accept(undefined);
      return refuse(
        'device.not-pending',
        `The unit did not mark the slot ${slot} for a test boot; its state is ${seen ?? 'unknown'}.`,
        { slot },
      );
    });
  }

  async reboot(deadlineMs: number, signal?: AbortSignal): Promise<Result<void>> {
    const left = await this.#withConnection(async (unit) => {
      const asked = await requestReset(unit.link, this.#profile.deadlines.transferMs);
      if (asked.ok || mayHaveLeft(asked)) return accept(unit.sighting);
      // A unit that hangs after manifestation knows the bus reset only.
      if (asked.code === 'device.stalled' && unit.mode === 'dfu') return done(await unit.dfu.leave(), unit.sighting);
      return asked;
    });
    if (!left.ok) return left;
    await this.#disconnect();
    const isBack = (sighted: SightedUnit) => sighted.sighting !== left.value;
    return await this.#awaitUnit(deadlineMs, isBack, 'did not come back after its reset', signal);
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
      const after = await unit.readInfo();
      if (!after.ok) return after;
      if (after.value.boot.imageOk) return accept(undefined);
      return refuse(
        'device.not-confirmed',
        'The unit took the request to keep its new firmware and did not mark it permanent.',
      );
    });
  }

  async close(): Promise<void> {
    await this.#disconnect();
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#onClose();
  }

  /** Runs one step on the unit that stands at the position now. */
  async #withConnection<T>(step: (unit: UnitConnection) => Promise<Result<T>>): Promise<Result<T>> {
    const sighted = await this.#scanner.find(this.identity.position);
    if (!sighted.ok) return sighted;
    const unit = await this.#connect(sighted.value);
    if (!unit.ok) return unit;
    const result = await step(unit.value);
    if (!result.ok && result.code === 'device.unplugged') await this.#disconnect();
    return result;
  }

  /** The same, with the unit's state asked for anew and its own word on who it is checked. */
  async #withUnit<T>(step: (unit: UnitConnection, state: DeviceState) => Promise<Result<T>>): Promise<Result<T>> {
    return await this.#withConnection(async (unit) => {
      const state = await unit.readInfo();
      if (!state.ok) return state;
      const known = checkState(this.identity, this.#profile, state.value);
      return known.ok ? await step(unit, state.value) : known;
    });
  }

  async #withSlot(
    slot: string,
    findAlternate: typeof findStagingAlternate,
    step: (unit: UnitConnection, state: DeviceState, alternate: number) => Promise<Result<void>>,
  ): Promise<Result<void>> {
    return await this.#withUnit(async (unit, state) => {
      if (unit.mode !== 'dfu') {
        return refuse('device.wrong-mode', 'The unit is in run-time mode; its slots can be reached in DFU mode only.');
      }
      const alternate = findAlternate(this.#profile, state, slot);
      return alternate.ok ? await step(unit, state, alternate.value) : alternate;
    });
  }

  async #connect(sighted: SightedUnit): Promise<Result<UnitConnection>> {
    if (this.#isClosed) return refuse('device.closed', 'The unit was given back before this step.');
    const same = checkSighting(this.identity, sighted);
    if (!same.ok) return same;
    if (this.#connection?.sighting === sighted.sighting) return accept(this.#connection);
    await this.#disconnect();
    const opened = await UnitConnection.open(sighted, this.#profile, this.#host);
    if (opened.ok) this.#connection = opened.value;
    return opened;
  }

  async #disconnect(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    this.#isResetNeeded = false;
    await connection?.close();
  }

  /**
   * Waits until the unit is back *and* answers. A unit may be on the bus before the system lets anyone open it, so that
   * failed contacts are repeated until the deadline; another unit at the position ends the wait at once.
   */
  async #awaitUnit(
    deadlineMs: number,
    isBack: (sighted: SightedUnit) => boolean,
    whatFailed: string,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    const { clock } = this.#host;
    const endMs = clock.monotonicMs() + deadlineMs;
    let lastRefusal: Refusal | null = null;
    for (;;) {
      const sighted = await this.#scanner.find(this.identity.position);
      if (sighted.ok && isBack(sighted.value)) {
        const contact = await this.readState();
        if (contact.ok) return accept(undefined);
        if (contact.code === 'device.other-unit' || contact.code === 'device.wrong-product') return contact;
        lastRefusal = contact;
      }
      if (signal?.aborted === true) return refuse('device.cancelled', 'Waiting for the unit was cancelled.');
      if (clock.monotonicMs() + LOOK_EVERY_MS > endMs) {
        return refuse(
          'device.no-contact',
          `The unit at position ${this.identity.position} ${whatFailed} within ${deadlineMs} ms.`,
          { position: this.identity.position, ...(lastRefusal === null ? {} : { lastRefusal: lastRefusal.code }) },
        );
      }
      await clock.sleep(LOOK_EVERY_MS);
    }
  }
}

/** The request that makes a unit leave the bus may be cut off by its leaving; what came of it is then seen on the bus. */
function mayHaveLeft(refusal: Refusal): boolean {
  return refusal.code === 'device.unplugged' || refusal.code === 'device.timeout';
}

function done<T>(result: Result<unknown>, value: T): Result<T> {
  return result.ok ? accept(value) : result;
}
