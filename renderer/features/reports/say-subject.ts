import type { ReportRecord } from '../../../contract/schema/period-report.ts';
import { say } from '../../words/say.ts';
import { reportsWords } from './words.ts';

/** What a report is about: one update, or the days of a period. */
export function saySubject({ period }: Pick<ReportRecord, 'period'>): string {
  if (period === null) return say(reportsWords.ofJob);
  if (period.firstDay === period.lastDay) return period.firstDay;
  return say(reportsWords.ofPeriod, { first: period.firstDay, last: period.lastDay });
}
