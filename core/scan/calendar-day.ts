/**
 * The century of a year of two digits by GS1 General Specifications §7.12: at most 50 years ahead of this year, at most 49
 * behind it.
 */
export function yearOf(twoDigits: number, thisYear: number): number {
  const century = thisYear - (thisYear % 100);
  const ahead = twoDigits - (thisYear % 100);
  if (ahead >= 51) return century - 100 + twoDigits;
  if (ahead <= -50) return century + 100 + twoDigits;
  return century + twoDigits;
}

/** `2026-02-28`; null where the calendar has no such day. `month` from 1. */
export function calendarDay(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month)) return null;
  return isoDay(year, month, day);
}

/** The last day of a month, which is what a label means that names no day. */
export function lastDayOf(year: number, month: number): string | null {
  return month < 1 || month > 12 ? null : isoDay(year, month, daysIn(year, month));
}

/** The day of a year by its number, from 1 (HIBC's Julian dates). */
export function dayOfYear(year: number, number: number): string | null {
  let rest = number;
  for (let month = 1; month <= 12 && rest > 0; month += 1) {
    if (rest <= daysIn(year, month)) return isoDay(year, month, rest);
    rest -= daysIn(year, month);
  }
  return null;
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function isoDay(year: number, month: number, day: number): string {
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
