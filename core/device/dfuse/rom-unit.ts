import { accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import { leaveRuntime } from '../dfu/leave-runtime.ts';
import { HeldUnit } from '../held-unit.ts';
import type { HeldUnitOptions, Return } from '../held-unit.ts';
import type { UsbMatch, UsbModes } from '../profile/fields.ts';
import type { UnitConnection } from '../unit-connection.ts';
import type { AskPerson, TargetIdentity, UnitMode } from '../update-target.ts';
import type { SightedUnit, UsbScanner } from '../usb-scanner.ts';
import { whileAsking } from '../while-asking.ts';
import { DfuseSession } from './dfuse-session.ts';

export type RomUnitOptions = Omit<HeldUnitOptions, 'recognise'> & {
  readonly profile: { readonly usb: UsbModes; readonly massEraseMs: number; readonly id: string };
};

/**
 * A unit whose boot loader is its vendor's ROM: another USB id than its application, shared by all products around such a part,
 * and another serial number. It stays the same unit by its position, by its application's serial number where that runs, and by
 * the ROM's from the first sight of it on.
 */
export class RomUnit {
  readonly identity: TargetIdentity;
  readonly #held: HeldUnit;
  readonly #scanner: UsbScanner;
  readonly #modes: UsbModes;
  readonly #massEraseMs: number;
  readonly #sessions = new WeakMap<UnitConnection, DfuseSession>();
  /** Undefined until the ROM was seen. */
  #romSerial: string | null | undefined;

  constructor(options: RomUnitOptions) {
    const { identity, profile, scanner } = options;
    this.identity = identity;
    this.#scanner = scanner;
    this.#modes = profile.usb;
    this.#massEraseMs = profile.massEraseMs;
    this.#held = new HeldUnit({ ...options, recognise: (sighted) => this.#recognise(sighted) });
  }

  /** The mode in which the unit stands at its position now. Refuses with `device.not-found` or `device.other-unit`. */
  async findMode(): Promise<Result<'runtime' | 'dfu'>> {
    const sighted = await this.#scanner.find(this.identity.position);
    if (!sighted.ok) return sighted;
    const known = this.#recognise(sighted.value);
    if (!known.ok) return known;
    return accept(this.#modeOf(sighted.value) ?? 'dfu');
  }

  /** The unit answers; in which mode. */
  async identify(): Promise<Result<UnitMode>> {
    const answers = await this.contact();
    return answers.ok ? await this.findMode() : answers;
  }

  /** The unit can be opened and describes itself as its mode wants. */
  async contact(): Promise<Result<void>> {
    return await this.#held.withConnection(() => Promise.resolve(accept(undefined)));
  }

  /** Runs one step in the ROM. Refuses with `device.wrong-mode`, as `DfuseSession.over`, or as the step. */
  async withRom<T>(step: (rom: DfuseSession) => Promise<Result<T>>): Promise<Result<T>> {
    return await this.#held.withConnection(async (unit) => {
      const session = this.#sessionOf(unit);
      return session.ok ? await step(session.value) : session;
    });
  }

  /** Leads a running application into the ROM, by DETACH. Refuses with `device.no-contact`, …, or as DETACH does. */
  async detach(deadlineMs: number, signal?: AbortSignal): Promise<Result<void>> {
    const left = await this.#held.withConnection(leaveRuntime);
    if (!left.ok) return left;
    await this.#held.disconnect();
    return await this.awaitMode('dfu', deadlineMs, 'did not come back in its boot loader', signal);
  }

  /** Runs a step that makes the unit leave the bus, and waits until it is back in any mode. */
  async restartBy(
    step: (rom: DfuseSession) => Promise<Result<void>>,
    deadlineMs: number,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    const wait = {
      deadlineMs,
      contact: () => this.contact(),
      whatFailed: 'did not come back after its restart',
      signal,
    };
    return await this.#held.restartBy(async (unit) => {
      const session = this.#sessionOf(unit);
      return session.ok ? await step(session.value) : session;
    }, wait);
  }

  /** Waits until the unit answers in a mode. Refuses as `HeldUnit.awaitReturn`. */
  async awaitMode(
    mode: 'runtime' | 'dfu',
    deadlineMs: number,
    whatFailed: string,
    signal?: AbortSignal,
  ): Promise<Result<void>> {
    return await this.#held.awaitReturn({
      deadlineMs,
      isBack: (sighted) => this.#modeOf(sighted) === mode,
      contact: () => this.contact(),
      whatFailed,
      signal,
    });
  }

  /** Waits for what the caller knows by itself: the unit under another profile. */
  async awaitReturn(awaited: Return): Promise<Result<void>> {
    return await this.#held.awaitReturn(awaited);
  }

  /** Asks the person at the bench to do what brings the unit into a mode, and waits for it. */
  async awaitByHand(
    mode: 'runtime' | 'dfu',
    text: string,
    deadlineMs: number,
    signal: AbortSignal | undefined,
    ask: AskPerson | undefined,
  ): Promise<Result<void>> {
    if (ask === undefined) return refuse('device.power-cycle-needed', text);
    return await whileAsking(ask, text, () => this.awaitMode(mode, deadlineMs, 'was not started by hand', signal));
  }

  async disconnect(): Promise<void> {
    await this.#held.disconnect();
  }

  async close(): Promise<void> {
    await this.#held.close();
  }

  #sessionOf(unit: UnitConnection): Result<DfuseSession> {
    const known = this.#sessions.get(unit);
    if (known !== undefined) return accept(known);
    const session = DfuseSession.over(unit.dfu.opened, this.#massEraseMs, this.#romSerial ?? null);
    if (session.ok) this.#sessions.set(unit, session.value);
    return session;
  }

  /** Answers the sighting in the words of this unit's profile: several profiles may claim the ROM's id, so that none does. */
  #recognise(sighted: SightedUnit): Result<SightedUnit> {
    const mode = this.#modeOf(sighted);
    const { serial } = sighted.unit;
    if (mode === 'runtime' && serial !== this.identity.serial) return this.#refuseOther(`serial ${serial ?? 'none'}`);
    if (mode === 'dfu') {
      if (this.#romSerial === undefined) this.#romSerial = serial;
      if (serial !== this.#romSerial) return this.#refuseOther(`boot loader ${serial ?? 'without serial number'}`);
    }
    if (mode === null) return this.#refuseOther('another USB id');
    return accept({ ...sighted, unit: { ...sighted.unit, mode, profile: this.identity.profile } });
  }

  #modeOf({ unit }: SightedUnit): 'runtime' | 'dfu' | null {
    const shows = (match: UsbMatch | undefined): boolean =>
      match?.vendorId === unit.vendorId && match.productId === unit.productId;
    if (shows(this.#modes.dfu)) return 'dfu';
    return shows(this.#modes.runtime) ? 'runtime' : null;
  }

  #refuseOther(what: string): Refusal {
    const { position, serial } = this.identity;
    return refuse(
      'device.other-unit',
      `Position ${position} now holds a unit with ${what}; the job is for ${serial}.`,
      {
        position,
      },
    );
  }
}
