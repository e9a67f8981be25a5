import type { StationSettings } from '../station-settings.ts';
import { defaultSessionLimits, type SessionLimits } from './session.ts';

const idleKey = 'session-idle-minutes';

/** Minutes a session may stand unused: what an administrator set, else 15. */
export function readIdleMinutes(settings: StationSettings): number {
  const minutes = Number(settings.get(idleKey) ?? Number.NaN);
  // Whatever somebody wrote into the database: no session may be made to stand open longer than can be set.
  return Number.isInteger(minutes) && minutes >= 1 && minutes <= 60 ? minutes : defaultSessionLimits.idleMs / 60_000;
}

export function writeIdleMinutes(settings: StationSettings, minutes: number): void {
  settings.set(idleKey, String(minutes));
}

/** Limits that follow the setting at once, for open sessions as well. */
export function createSessionLimits(settings: StationSettings): SessionLimits {
  return {
    get idleMs() {
      return readIdleMinutes(settings) * 60_000;
    },
    absoluteMs: defaultSessionLimits.absoluteMs,
  };
}
