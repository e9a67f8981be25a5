import { calendarDay, lastDayOf, yearOf } from '../calendar-day.ts';

/**
 * The day of a value `YYMMDD`; null where the calendar has none. Day 00 is the last day of the month (GS1 General
 * Specifications §3.4.2 to §3.4.7).
 */
export function readElementDate(digits: string, thisYear: number): string | null {
  if (!/^\d{6}$/.test(digits)) return null;
  const year = yearOf(Number(digits.slice(0, 2)), thisYear);
  const month = Number(digits.slice(2, 4));
  const day = Number(digits.slice(4));
  return day === 0 ? lastDayOf(year, month) : calendarDay(year, month, day);
}
