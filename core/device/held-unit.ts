import { accept, refuse } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import { namePlace } from '../../contract/schema/bench-place.ts';
import { checkSighting } from './check-identity.ts';
import type { DeviceProfile } from './profile/profile.ts';
import { watchDeparture } from './watch-departure.ts';
import { UnitConnection } from './unit-connection.ts';
import type { HostOptions } from './unit-connection.ts';
import type { TargetIdentity } from './update-target.ts';
import type { SightedUnit, UsbScanner } from './usb-scanner.ts';

/** How often the bus is looked at while a unit is away. */
const LOOK_EVERY_MS = 100;

export interface HeldUnitOptions {
  readonly identity: TargetIdentity;
  readonly profile: DeviceProfile;
  readonly scanner: UsbScanner;
  readonly host: HostOptions;
  /** Called once, when the unit is given back. */
  readonly onClose: () => void;
  /** How the unit is known by what the bus shows, where that is not profile and serial number in every mode; answers its mode. */
  readonly recognise?: (sighted: SightedUnit) => Result<SightedUnit>;
}

/** A return that is waited for. */
export interface Return {
  readonly deadlineMs: number;
  readonly isBack: (sighted: SightedUnit) => boolean;
  /** What the unit must answer before it counts as back. */
  readonly contact: () => Promise<Result<unknown>>;
  /** Ends the sentence "The unit at position …". */
  readonly whatFailed: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * One bench position with one unit, held for an update target of any scheme: connects to whatever address the unit has now, never to
 * another unit, and waits for it where it left the bus.
 */
export class HeldUnit {
  readonly identity: TargetIdentity;
  readonly #profile: DeviceProfile;
  readonly #scanner: UsbScanner;
  readonly #host: HostOptions;
  readonly #onClose: () => void;
  readonly #recognise: (sighted: SightedUnit) => Result<SightedUnit>;
  #connection: UnitConnection | null = null;
  #endWatch: () => void = () => undefined;
  #isClosed = false;

  constructor(options: HeldUnitOptions) {
    this.identity = options.identity;
    this.#profile = options.profile;
    this.#scanner = options.scanner;
    this.#host = options.host;
    this.#onClose = options.onClose;
    this.#recognise = options.recognise ?? ((sighted) => recogniseBySerial(options.identity, sighted));
  }

  /** Runs one step on the unit that stands at the position now. Refuses with `device.closed`, `device.other-unit`, as `UnitConnection.open`, or as the step. */
  async withConnection<T>(step: (unit: UnitConnection) => Promise<Result<T>>): Promise<Result<T>> {
    const sighted = await this.#scanner.find(this.identity.position);
    if (!sighted.ok) return sighted;
    const unit = await this.#connect(sighted.value);
    if (!unit.ok) return unit;
    const result = await step(unit.value);
    if (!result.ok && result.code === 'device.unplugged') await this.disconnect();
    return result;
  }

  /**
   * Waits until the unit is back *and* answers. A unit may be on the bus before the system lets anyone open it, so that
   * failed contacts are repeated until the deadline; another unit at the position ends the wait at once.
   *
   * Refuses with `device.no-contact`, `device.other-unit`, `device.wrong-product` or `device.cancelled`.
   */
  async awaitReturn({ deadlineMs, isBack, contact, whatFailed, signal }: Return): Promise<Result<void>> {
    const { clock } = this.#host;
    const { position, place } = this.identity;
    const endMs = clock.monotonicMs() + deadlineMs;
    let lastRefusal: Refusal | null = null;
    for (;;) {
      const sighted = await this.#scanner.find(position);
      if (sighted.ok && isBack(sighted.value)) {
        const answer = await contact();
        if (answer.ok) return accept(undefined);
        if (answer.code === 'device.other-unit' || answer.code === 'device.wrong-product') return answer;
        lastRefusal = answer;
      }
      if (signal?.aborted === true) return refuse('device.cancelled', 'Waiting for the unit was cancelled.');
      if (clock.monotonicMs() + LOOK_EVERY_MS > endMs) {
        const reason = `The unit at position ${namePlace(position, place)} ${whatFailed} within ${deadlineMs} ms.`;
        return refuse('device.no-contact', reason, {
          position,
          ...(lastRefusal === null ? {} : { lastRefusal: lastRefusal.code }),
        });
      }
      await clock.sleep(LOOK_EVERY_MS);
    }
  }

  /** Lets go of the unit's present address; the next step connects anew. */
  async disconnect(): Promise<void> {
    const connection = this.#connection;
    this.#connection = null;
    this.#endWatch();
    await connection?.close();
  }

  /** Gives the unit back; safe to call twice and after unplug. */
  async close(): Promise<void> {
    await this.disconnect();
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#onClose();
  }

  async #connect(sighted: SightedUnit): Promise<Result<UnitConnection>> {
    if (this.#isClosed) return refuse('device.closed', 'The unit was given back before this step.');
    const same = this.#recognise(sighted);
    if (!same.ok) return same;
    if (this.#connection?.sighting === sighted.sighting) return accept(this.#connection);
    await this.disconnect();
    const watch = watchDeparture(this.#scanner, sighted);
    const opened = await UnitConnection.open(same.value, this.#profile, this.#host, watch.left);
    if (opened.ok) {
      this.#connection = opened.value;
      this.#endWatch = watch.end;
    } else {
      watch.end();
    }
    return opened;
  }
}

function recogniseBySerial(identity: TargetIdentity, sighted: SightedUnit): Result<SightedUnit> {
  const same = checkSighting(identity, sighted);
  return same.ok ? accept(sighted) : same;
}

/** The request that makes a unit leave the bus may be cut off by its leaving; what came of it is then seen on the bus. */
export function mayHaveLeft(refusal: Refusal): boolean {
  return refusal.code === 'device.unplugged' || refusal.code === 'device.timeout';
}
