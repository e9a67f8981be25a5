import type { JobSearch } from '../../../contract/schema/job-history.ts';
import type { JobState } from '../../../contract/schema/update-job.ts';

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

/** The station's question for a filter. A day is a local one: it begins at midnight of the machine's own zone. */
export function searchOf({ text, group, firstDay, lastDay }: HistoryFilter): JobSearch {
  return {
    text: text.trim() === '' ? null : text.trim(),
    states: [...stateGroups[group]],
    from: firstDay === '' ? null : midnight(firstDay, 0),
    to: lastDay === '' ? null : midnight(lastDay, 1),
    bundleDigest: null,
    operator: null,
  };
}

/** @param after how many days later */
function midnight(day: string, after: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const local = new Date(year, month - 1, date + after);
  // The constructor takes the years 0 to 99 for those of the last century, and a date field can be on its way to 2026.
  local.setFullYear(year, month - 1, date + after);
  return local.toISOString();
}
