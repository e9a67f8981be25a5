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

/**
 * The floor after `signedTime` has been seen in something whose signature is valid. It never goes down, and never above `now`: a
 * signer whose clock is years ahead must not lock the station.
 */
export function raiseFloor({ now, floor }: ClockReading, signedTime: Date): Date | null {
  const capped = Math.min(signedTime.getTime(), now.getTime());
  if (Number.isNaN(capped) || (floor !== null && capped <= floor.getTime())) return floor;
  return new Date(capped);
}
