import type { ErrorCode } from '../../contract/error-code.ts';
import { accept, refuse } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import { namePlace } from '../../contract/plain/name-place.ts';
import { checkSighting } from './check-identity.ts';
import type { DeviceProfile } from './profile/profile.ts';
import { leaveRuntime } from './dfu/leave-runtime.ts';
import { mayHaveLeft } from './dfu/transfer-error.ts';
import { watchDeparture } from './watch-departure.ts';
import { UnitConnection } from './unit-connection.ts';
import type { HostOptions } from './unit-connection.ts';
import type { TargetIdentity, UnitMode } from './update-target.ts';
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

/** A wait that looks at the bus for something of its own. */
export type Wait = Omit<Return, 'isBack'>;

/** After these nothing more comes of a connection. */
const deadConnection: ReadonlySet<ErrorCode> = new Set(['device.unplugged', 'device.step-hangs']);

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
    if (!result.ok && deadConnection.has(result.code)) await this.disconnect();
    return result;
  }

  /** The same in DFU mode, in which slots can be reached. Refuses also with `device.wrong-mode`. */
  async withDfuMode<T>(step: (unit: UnitConnection) => Promise<Result<T>>): Promise<Result<T>> {
    return await this.withConnection(async (unit) => {
      if (unit.mode === 'dfu') return await step(unit);
      return refuse('device.wrong-mode', 'The unit is in run-time mode; its slots can be reached in DFU mode only.');
    });
  }

  /** Leads a unit in run-time mode into DFU mode. Refuses as {@link leaveRuntime} and {@link awaitMode}. */
  async enterDfuMode(wait: Wait): Promise<Result<void>> {
    const left = await this.withConnection(leaveRuntime);
    if (!left.ok) return left;
    await this.disconnect();
    return await this.awaitMode('dfu', wait);
  }

  /** Waits until the unit answers in a mode: by its USB id, and where that does not tell, by its descriptors. Refuses as {@link awaitReturn}. */
  async awaitMode(mode: UnitMode, wait: Wait): Promise<Result<void>> {
    return await this.awaitReturn({
      ...wait,
      isBack: ({ unit }) => unit.mode === null || unit.mode === mode,
      contact: async () => {
        const answers = await wait.contact();
        return answers.ok ? await this.#checkMode(mode) : answers;
      },
    });
  }

  /** Runs a step that makes the unit leave the bus, and waits until it is back. Refuses as the step and as {@link awaitReturn}. */
  async restartBy(step: (unit: UnitConnection) => Promise<Result<void>>, wait: Wait): Promise<Result<void>> {
    const left = await this.withConnection(async (unit) => {
      const done = await step(unit);
      return done.ok || mayHaveLeft(done) ? accept(unit.sighting) : done;
    });
    if (!left.ok) return left;
    await this.disconnect();
    return await this.awaitReturn({ ...wait, isBack: ({ sighting }) => sighting !== left.value });
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

  /** A connection tells the mode in which it was opened: one that may have become another by now is given up. */
  async #checkMode(mode: UnitMode): Promise<Result<void>> {
    const seen = await this.withConnection((unit) => Promise.resolve(accept(unit.mode)));
    if (!seen.ok || seen.value === mode) return seen.ok ? accept(undefined) : seen;
    await this.disconnect();
    return refuse('device.wrong-mode', `The unit is in ${seen.value} mode.`);
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
