import type { JobState } from '../../../contract/schema/update-job.ts';
import type { Ink } from './paper.ts';

export interface StateMark {
  readonly word: string;
  readonly ink: Ink;
  readonly sign: 'passed' | 'failed' | 'open';
}

const closedMarks: Readonly<Partial<Record<JobState, StateMark>>> = {
  confirmed: { word: 'Confirmed', ink: 'green', sign: 'passed' },
  reverted: { word: 'Reverted', ink: 'violet', sign: 'open' },
  refused: { word: 'Refused', ink: 'red', sign: 'failed' },
  failed: { word: 'Failed', ink: 'red', sign: 'failed' },
  cancelled: { word: 'Cancelled', ink: 'grey', sign: 'open' },
  abandoned: { word: 'Given up', ink: 'amber', sign: 'open' },
  indeterminate: { word: 'Indeterminate', ink: 'amber', sign: 'open' },
};

/** A state as a word, a sign and a colour: never a colour alone. */
export function markOf(state: JobState): StateMark {
  return closedMarks[state] ?? { word: 'Not finished', ink: 'amber', sign: 'open' };
}

/** `2026-11-22T09:00:00.123Z` → `2026-11-22 09:00:00 UTC`. */
export function printTime(utc: string): string {
  return `${printClock(utc)} UTC`;
}

/** The same without the zone, for columns that name it in their head. */
export function printClock(utc: string): string {
  return utc.slice(0, 19).replace('T', ' ');
}

/** The time of day alone where it is of the day that stands elsewhere; any other day is printed with its date. */
export function printClockOn(day: string, utc: string): string {
  return dayOf(utc) === day ? utc.slice(11, 19) : printClock(utc);
}

/** `2026-11-22 09:00:00 to 09:02:10 UTC`; the second date only where it is another one. */
export function printPeriod(began: string, ended: string | null): string {
  return ended === null
    ? `${printTime(began)}, not ended`
    : `${printClock(began)} to ${printClockOn(dayOf(began), ended)} UTC`;
}

/** The UTC day, `2026-11-22`. */
export function dayOf(utc: string): string {
  return utc.slice(0, 10);
}

/** `3 before · 7 intended · 7 after`. */
export function printVersions(before: number | null, target: number | null, after: number | null): string {
  return `${printVersion(before)} before · ${printVersion(target)} intended · ${printVersion(after)} after`;
}

function printVersion(version: number | null): string {
  return version === null ? '—' : String(version);
}
