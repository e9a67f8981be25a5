import type { StationSettings } from '../station-settings.ts';

const settingKey = 'session-idle-minutes';
/** What a station begins with. */
const DEFAULT_MINUTES = 15;
const shortestIdleMinutes = 1;
/** NIST SP 800-63B-4 §2.2.3 asks for an inactivity timeout of no more than an hour at AAL2. */
const longestIdleMinutes = 60;

/** After how many minutes without use a session is over: a rule of the station. */
export interface IdleTime {
  readonly minutes: () => number;
  readonly set: (minutes: number) => void;
}

export function createIdleTime(settings: StationSettings): IdleTime {
  return {
    minutes: () => {
      const stored = Number(settings.get(settingKey) ?? DEFAULT_MINUTES);
      // A row that was edited into something else never lengthens a session.
      const isWithin = Number.isInteger(stored) && stored >= shortestIdleMinutes && stored <= longestIdleMinutes;
      return isWithin ? stored : shortestIdleMinutes;
    },
    set: (minutes) => settings.set(settingKey, String(minutes)),
  };
}
