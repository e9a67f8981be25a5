import type { JobState } from '../schema/update-job.ts';

/** True from the first byte written until the unit's fate is known: it must stay plugged in. */
export function holdsUnit(state: JobState): boolean {
  return ['staging', 'staged', 'activating', 'testing', 'confirming', 'reverting', 'indeterminate'].includes(state);
}
