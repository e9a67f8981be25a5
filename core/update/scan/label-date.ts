const DAY_MS = 86_400_000;

/** A day of the calendar as `YYYY-MM-DD`; day 0 is the last one of the month. Null where there is no such day. */
export function calendarDay(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12) return null;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return day > last ? null : isoDay(Date.UTC(year, month - 1, day === 0 ? last : day));
}

/** The day with this number in its year, from 1; null where the year has no such day. */
export function dayOfYear(year: number, number: number): string | null {
  const time = Date.UTC(year, 0, 1) + (number - 1) * DAY_MS;
  return number >= 1 && new Date(time).getUTCFullYear() === year ? isoDay(time) : null;
}

/** Two digits of a year by the century that GS1 gives them: from 49 years back to 50 ahead (General Specifications §7.12). */
export function gs1Year(twoDigits: number, thisYear: number): number {
  const century = thisYear - (thisYear % 100);
  const ahead = twoDigits - (thisYear % 100);
  if (ahead >= 51) return century - 100 + twoDigits;
  return ahead <= -50 ? century + 100 + twoDigits : century + twoDigits;
}

function isoDay(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
