import { accept, refuse } from '../../../../contract/result.ts';
import type { Refusal, Result } from '../../../../contract/result.ts';
import type { Clock } from '../../../ports.ts';
import { mayHaveLeft } from '../../dfu/transfer-error.ts';
import type { HeldUnit, Wait } from '../../held-unit.ts';
import type { McubootProfile } from '../../profile/mcuboot.ts';
import type { AskPerson, UnitMode } from '../../update-target.ts';
import { whileAsking } from '../../while-asking.ts';

/** Times that a stuck unit is freed before the person at the bench must do it. */
const MOST_CURES = 2;
/** How often a wait looks whether it was cancelled. */
const LOOK_EVERY_MS = 100;

/**
 * How a unit with Zephyr's DFU class gets into DFU mode and out of it. In is by DETACH; out is by a bus reset, by itself, or by nothing
 * but a power cycle, for which the person at the bench is asked.
 */
export class ModeChange {
  readonly #held: HeldUnit;
  readonly #profile: McubootProfile;
  readonly #clock: Clock;
  /** When the application was first seen, and under which sighting: it is left alone for a while from then on. */
  #application: { readonly sighting: string; readonly sinceMs: number } | null = null;
  /** Sighting under which the unit was told to reboot by itself. */
  #rebootFrom: string | null = null;

  constructor(held: HeldUnit, profile: McubootProfile, clock: Clock) {
    this.#held = held;
    this.#profile = profile;
    this.#clock = clock;
  }

  /** The mode of the unit that stands at the position now; notes since when its application runs. */
  async identify(): Promise<Result<UnitMode>> {
    return await this.#held.withConnection((unit) => {
      if (unit.mode === 'runtime' && this.#application?.sighting !== unit.sighting) {
        this.#application = { sighting: unit.sighting, sinceMs: this.#clock.monotonicMs() };
      }
      return Promise.resolve(accept(unit.mode));
    });
  }

  /** The unit reboots on its own from here on. */
  expectReboot(sighting: string): void {
    this.#rebootFrom = sighting;
  }

  /** Refuses with `device.power-cycle-needed` where only a person can help and none is asked, or as the unit does. */
  async enterDfuMode(signal?: AbortSignal, ask?: AskPerson): Promise<Result<void>> {
    const mode = await this.identify();
    if (!mode.ok) return mode;
    if (mode.value === 'runtime') return await this.#detach(signal);
    const freed = await this.#free();
    if (freed.ok || freed.code !== 'device.power-cycle-needed') return freed;
    if (this.#profile.resetBy === 'bus-reset') {
      const rebooted = await this.reboot(this.#profile.deadlines.rebootMs, signal, ask);
      return rebooted.ok ? await this.#detach(signal) : rebooted;
    }
    if (ask === undefined) return freed;
    const cycled = await this.#awaitPowerCycle(freed.reason, ask, signal);
    return cycled.ok ? await this.enterDfuMode(signal) : cycled;
  }

  async reboot(deadlineMs: number, signal?: AbortSignal, ask?: AskPerson): Promise<Result<void>> {
    const from = this.#rebootFrom;
    this.#rebootFrom = null;
    const left = await this.#leave(from);
    if (!left.ok) return left;
    await this.#held.disconnect();
    if (from !== null || this.#profile.resetBy === 'bus-reset') {
      const back = await this.#awaitNew(left.value, deadlineMs, 'did not come back after its reset', signal);
      if (back.ok || back.code !== 'device.no-contact') return back;
    }
    if (ask === undefined) return refusePowerCycle();
    return await this.#awaitPowerCycle(
      'The unit leaves DFU mode only without power: switch it off and on again, or unplug all of its supplies for five seconds. The job waits, and goes on by itself.',
      ask,
      signal,
    );
  }

  /** The sighting that must change: of now, or of the moment at which the unit began to reboot. */
  async #leave(from: string | null): Promise<Result<string>> {
    if (from !== null) return accept(from);
    return await this.#held.withConnection(async (unit) => {
      if (this.#profile.resetBy !== 'bus-reset') return accept(unit.sighting);
      const reset = await unit.dfu.leave();
      return reset.ok || mayHaveLeft(reset) ? accept(unit.sighting) : reset;
    });
  }

  async #detach(signal?: AbortSignal): Promise<Result<void>> {
    const waited = await this.#leaveUndisturbed(signal);
    if (!waited.ok) return waited;
    const entered = await this.#held.enterDfuMode(this.#returnInDfuMode(signal));
    return entered.ok ? await this.#free() : entered;
  }

  #returnInDfuMode(signal?: AbortSignal): Wait {
    return {
      deadlineMs: this.#profile.deadlines.detachMs,
      contact: () => this.identify(),
      whatFailed: 'did not come back in DFU mode',
      signal,
    };
  }

  /**
   * Brings a unit in DFU mode to dfuIDLE. One that was sent a DETACH in DFU mode is left in appIDLE with the descriptors of DFU mode;
   * another DETACH and a bus reset lead it back, unless a bus reset starts it anew.
   */
  async #free(): Promise<Result<void>> {
    let stuck: Refusal | null = null;
    for (let cures = 0; cures <= MOST_CURES; cures += 1) {
      const idle = await this.#held.withConnection((unit) => unit.dfu.recover());
      if (idle.ok || idle.code !== 'device.power-cycle-needed') return idle;
      stuck = idle;
      const state: unknown = idle.detail?.['state'];
      if (this.#profile.resetBy === 'bus-reset' || (state !== 'appIDLE' && state !== 'appDETACH')) break;
      const cured = await this.#held.withConnection(async (unit) => {
        const detached = await unit.dfu.detach();
        return detached.ok || detached.code === 'device.stalled' ? await unit.link.reset() : detached;
      });
      if (!cured.ok && !mayHaveLeft(cured)) return cured;
      await this.#held.disconnect();
      const back = await this.#held.awaitMode('dfu', this.#returnInDfuMode());
      if (!back.ok) return back;
    }
    return stuck ?? refusePowerCycle();
  }

  /** Asks the person at the bench, and waits until the unit has left the bus and is back. */
  async #awaitPowerCycle(text: string, ask: AskPerson, signal?: AbortSignal): Promise<Result<void>> {
    const before = await this.#held.withConnection((unit) => Promise.resolve(accept(unit.sighting)));
    await this.#held.disconnect();
    const { personMs } = this.#profile.deadlines;
    // A unit that is away already has been switched off before the words were on the screen.
    const wait = () => this.#awaitNew(before.ok ? before.value : null, personMs, 'was not switched off and on', signal);
    return await whileAsking(ask, text, wait);
  }

  async #awaitNew(
    before: string | null,
    deadlineMs: number,
    whatFailed: string,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    return await this.#held.awaitReturn({
      deadlineMs,
      isBack: ({ sighting }) => sighting !== before,
      contact: () => this.identify(),
      whatFailed,
      signal,
    });
  }

  /** A self-test may need the USB, or the time: the application is given the time that its profile states. */
  async #leaveUndisturbed(signal?: AbortSignal): Promise<Result<void>> {
    const sinceMs = this.#application?.sinceMs ?? this.#clock.monotonicMs();
    const endMs = sinceMs + this.#profile.undisturbedMs;
    for (;;) {
      if (signal?.aborted === true) return refuse('device.cancelled', 'Waiting for the unit was cancelled.');
      const restMs = endMs - this.#clock.monotonicMs();
      if (restMs <= 0) return accept(undefined);
      await this.#clock.sleep(Math.min(restMs, LOOK_EVERY_MS));
    }
  }
}

function refusePowerCycle(): Refusal {
  return refuse(
    'device.power-cycle-needed',
    'The unit leaves DFU mode only without power; switch it off and on again to bring it back into operation.',
  );
}
