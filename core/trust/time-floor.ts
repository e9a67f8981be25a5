import { accept, refuse, type Result } from '../../contract/result.ts';

export interface ClockReading {
  readonly now: Date;
  /** Newest signed time that the station has seen; null before the first. */
  readonly floor: Date | null;
}

/**
 * Answers `now`, unless the clock stands before the trusted-time floor (REQ-OTA-SIG-06): `trust.clock-below-floor`, `trust.clock-unreadable`. A clock that has lost its
 * battery would otherwise bring expired certificates and permits back to life.
 */
export function checkClock({ now, floor }: ClockReading): Result<Date> {
  if (Number.isNaN(now.getTime()))
    return refuse('trust.clock-unreadable', "The station's clock cannot be read; set date and time.");
  if (floor === null || now.getTime() >= floor.getTime()) return accept(now);
  return refuse(
    'trust.clock-below-floor',
    `The station's clock says ${now.toISOString()}, but this station has already seen something signed on ${floor.toISOString()}; set date and time.`,
    { now: now.toISOString(), floor: floor.toISOString() },
  );
}

/** How far the clock may stand below an event of the station's own log: a time service steps a clock back by seconds, and hands by minutes. */
export const clockStepToleranceMs = 5 * 60_000;

/** An event that the station itself recorded. */
export interface RecordedEvent {
  readonly seq: number;
  readonly time: Date;
}

/**
 * Answers `now`, unless the station recorded an event more than `clockStepToleranceMs` after it (REQ-OTA-SIG-06): `trust.clock-below-floor`.
 * A clock that was set back shows itself here also where nothing signed has raised the floor lately. `findLaterEvent` finds an event
 * after a time, wherever it stands in the log: attempts under the wrong clock are recorded too, so that the last event proves nothing.
 */
export function checkClockAgainstLog(now: Date, findLaterEvent: (after: Date) => RecordedEvent | null): Result<Date> {
  const later = findLaterEvent(new Date(now.getTime() + clockStepToleranceMs));
  if (later === null) return accept(now);
  const { seq, time } = later;
  return refuse(
    'trust.clock-below-floor',
    `The station's clock says ${now.toISOString()}, but this station recorded audit event ${seq} on ${time.toISOString()}; set date and time; where they are right and the clock ran ahead then, an administrator accepts the clock.`,
    { now: now.toISOString(), event: seq, eventTime: time.toISOString() },
  );
}

/** How far the clock may be ahead of the station's newest event before a person is asked. */
export const clockJumpToleranceMs = 24 * 60 * 60_000;

/** What the log has seen of the clock since an administrator last vouched for it. */
export interface ClockWatch {
  /** The newest time of an event. */
  readonly newest: Date;
  /** The first event that came more than a day after the newest one before it: it stands until an administrator vouches for the clock. */
  readonly jump: { readonly seq: number; readonly from: Date; readonly to: Date } | null;
}

/**
 * Answers `now`, unless the clock is or once was more than `clockJumpToleranceMs` ahead of the newest event before it (REQ-OTA-SIG-06):
 * `trust.clock-jumped`. A clock that runs ahead makes certificates and approvals expire, and update windows open. A station that stood
 * still over a weekend looks the same, so a person decides. Attempts under the new time change nothing: the watch remembers the jump.
 */
export function checkClockJump(now: Date, watch: ClockWatch | null): Result<Date> {
  if (watch === null) return accept(now);
  const { newest, jump } = watch;
  if (jump === null && now.getTime() - newest.getTime() <= clockJumpToleranceMs) return accept(now);
  const [from, to] = jump === null ? [newest, now] : [jump.from, jump.to];
  return refuse(
    'trust.clock-jumped',
    `The station's clock went from ${from.toISOString()} to ${to.toISOString()} between two audit events; compare the clock with another one, and if it is right an administrator accepts it (drydock trust accept-clock).`,
    { from: from.toISOString(), to: to.toISOString(), now: now.toISOString(), ...(jump && { event: jump.seq }) },
  );
}

/**
 * The floor after `signedTime` has been seen in something whose signature is valid. It never goes down, and never above `now`: a
 * signer whose clock is years ahead must not lock the station.
 */
export function raiseFloor({ now, floor }: ClockReading, signedTime: Date): Date | null {
  const capped = Math.min(signedTime.getTime(), now.getTime());
  if (Number.isNaN(capped) || (floor !== null && capped <= floor.getTime())) return floor;
  return new Date(capped);
}
