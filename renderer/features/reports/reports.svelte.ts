import type { ReportRecord } from '../../../contract/schema/period-report.ts';
import { call } from '../../bridge/call.ts';
import { PagedList, pageRows } from '../../station/paged-list.svelte.ts';
import { daysOf, type Period, type Preset } from './period.ts';
import { verification } from './verification.svelte.ts';

let owner: string | null = null;

/** The reports that were written, newest first. */
export const reports = new PagedList<ReportRecord>((last) =>
  call('report.list', { before: last?.seq ?? null, limit: pageRows }),
);

/** What stands in the fields of the period; bound, so that it is there again after another place was visited. */
export const choice = $state<{ preset: Preset; firstDay: string; lastDay: string }>({
  preset: 'month',
  firstDay: '',
  lastDay: '',
});

/** The days that are asked for: a preset's, or those that were chosen. */
export function chosenPeriod(now: Date): Period {
  return daysOf(choice.preset, now) ?? { firstDay: choice.firstDay, lastDay: choice.lastDay };
}

/** Reads the list for whoever is logged in; another operator begins anew. */
export async function openReports(operator: string | null): Promise<void> {
  if (operator !== owner) {
    owner = operator;
    reports.clear();
    Object.assign(choice, { preset: 'month', firstDay: '', lastDay: '' });
    verification.forget();
  }
  await reports.restart();
}
