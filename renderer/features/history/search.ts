import type { JobSearch } from '../../../contract/schema/job-history.ts';
import type { JobState } from '../../../contract/schema/update-job.ts';
import { localMidnight } from '../../words/local-day.ts';

/** How a person narrows the history by state: states that mean the same for the unit are one choice. */
export const stateGroups = {
  all: [],
  open: ['created', 'ready', 'staging', 'staged', 'activating', 'testing', 'confirming', 'reverting'],
  confirmed: ['confirmed'],
  reverted: ['reverted'],
  refused: ['refused', 'failed'],
  indeterminate: ['indeterminate', 'abandoned'],
  cancelled: ['cancelled'],
} as const satisfies Readonly<Record<string, readonly JobState[]>>;
export type StateGroup = keyof typeof stateGroups;

/** What stands in the fields above the history; days are of the machine's own calendar, or empty. */
export interface HistoryFilter {
  readonly text: string;
  readonly group: StateGroup;
  readonly firstDay: string;
  readonly lastDay: string;
}

export const noFilter: HistoryFilter = { text: '', group: 'all', firstDay: '', lastDay: '' };

export function isFiltered({ text, group, firstDay, lastDay }: HistoryFilter): boolean {
  return text.trim() !== '' || group !== 'all' || firstDay !== '' || lastDay !== '';
}

/** True where the last day comes before the first, so that nothing can be found. */
export function isBackwards({ firstDay, lastDay }: HistoryFilter): boolean {
  return firstDay !== '' && lastDay !== '' && lastDay < firstDay;
}

/** The station's question for a filter. A day is a local one. */
export function searchOf({ text, group, firstDay, lastDay }: HistoryFilter): JobSearch {
  return {
    text: text.trim() === '' ? null : text.trim(),
    states: [...stateGroups[group]],
    from: firstDay === '' ? null : localMidnight(firstDay, 0),
    to: lastDay === '' ? null : localMidnight(lastDay, 1),
    bundleDigest: null,
    operator: null,
  };
}
