import type { JobState } from '../../contract/schema/update-job.ts';

/** What may still happen to a job in this state, and what the unit may look like. */
interface StateRule {
  readonly next: readonly JobState[];
  /** True where nothing follows: the job is closed. */
  readonly closed: boolean;
}

/**
 * The one table of legal moves (ARCHITECTURE.md, "One update, as it flows"). A move that is not in it is a bug and throws.
 * Every move is written with its audit event before the side effect that it announces.
 */
export const transitions: Readonly<Record<JobState, StateRule>> = {
  created: { next: ['ready', 'refused', 'failed', 'cancelled'], closed: false },
  ready: { next: ['staging', 'refused', 'failed', 'cancelled'], closed: false },
  staging: { next: ['staged', 'failed', 'cancelled'], closed: false },
  staged: { next: ['activating', 'staging', 'failed', 'cancelled'], closed: false },
  activating: { next: ['testing', 'failed', 'indeterminate'], closed: false },
  testing: {
    next: ['confirming', 'confirmed', 'reverting', 'reverted', 'failed', 'indeterminate'],
    closed: false,
  },
  confirming: {
    next: ['confirmed', 'reverting', 'reverted', 'failed', 'indeterminate'],
    closed: false,
  },
  reverting: { next: ['reverted', 'confirmed', 'indeterminate', 'failed'], closed: false },
  indeterminate: {
    next: ['testing', 'confirming', 'confirmed', 'reverting', 'reverted', 'failed', 'abandoned'],
    closed: false,
  },
  confirmed: { next: [], closed: true },
  reverted: { next: [], closed: true },
  refused: { next: [], closed: true },
  failed: { next: [], closed: true },
  cancelled: { next: [], closed: true },
  abandoned: { next: [], closed: true },
};

export function mayMove(from: JobState, to: JobState): boolean {
  return transitions[from].next.includes(to);
}

export function isClosed(state: JobState): boolean {
  return transitions[state].closed;
}
