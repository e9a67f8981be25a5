import type { JobState } from '../../contract/schema/update-job.ts';

/** What goes on in each state of a job, for the person at the bench. */
export const phaseWords: Readonly<Record<JobState, string>> = {
  created: 'Preflight',
  ready: 'Every check passed; ready',
  staging: 'Writing the staging slot',
  staged: 'Read back and equal',
  activating: 'Activating: the unit restarts',
  testing: 'The unit is back; self-test',
  confirming: 'Confirming',
  reverting: 'Putting the old firmware back',
  confirmed: 'Confirmed',
  reverted: 'The old firmware is back',
  indeterminate: 'Not known what the unit runs',
  refused: 'Refused',
  failed: 'Failed',
  cancelled: 'Cancelled',
  abandoned: 'Given up; not known what the unit runs',
};
