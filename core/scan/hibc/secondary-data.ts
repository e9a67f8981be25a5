import { calendarDay, dayOfYear, lastDayOf, yearOf } from '../calendar-day.ts';

/** What HIBC's secondary data says. */
export interface SecondaryData {
  readonly serial: string | null;
  readonly lot: string | null;
  readonly expires: string | null;
}

/** Why secondary data is not taken: it is not formed as the standard says, or its day does not exist. */
export type SecondaryFault = 'form' | 'date';

/** How a date is written, by the format character in front of it (ANSI/HIBC 2.6 §2.3.2). No character: month and year. */
const dateForms: Readonly<
  Record<string, { readonly len: number; readonly read: (digits: string, thisYear: number) => string | null }>
> = {
  '2': { len: 6, read: (d, now) => calendarDay(yearOf(part(d, 4), now), part(d, 0), part(d, 2)) },
  '3': { len: 6, read: (d, now) => calendarDay(yearOf(part(d, 0), now), part(d, 2), part(d, 4)) },
  '4': {
    len: 8,
    read: (d, now) => (part(d, 6) > 23 ? null : calendarDay(yearOf(part(d, 0), now), part(d, 2), part(d, 4))),
  },
  '5': { len: 5, read: (d, now) => dayOfYear(yearOf(part(d, 0), now), Number(d.slice(2, 5))) },
  '6': {
    len: 7,
    read: (d, now) => (part(d, 5) > 23 ? null : dayOfYear(yearOf(part(d, 0), now), Number(d.slice(2, 5)))),
  },
};

/**
 * Reads secondary data without its leading `/` or `+`, link and check character: `$lot`, `$+serial`, `$$` with a date and a
 * lot, `$$+` with a date and a serial number, or five digits of a Julian date and a lot.
 */
export function readSecondaryData(text: string, thisYear: number): SecondaryData | SecondaryFault {
  const [, dollars = '', plus = '', rest = ''] = /^(\${0,2})(\+?)(.*)$/.exec(text) ?? [];
  const named = (name: string, expires: string | null): SecondaryData | SecondaryFault => {
    if (!/^[A-Z0-9\-. ]{0,20}$/.test(name)) return 'form';
    const value = name === '' ? null : name;
    return plus === '' ? { serial: null, lot: value, expires } : { serial: value, lot: null, expires };
  };
  if (dollars === '$') return rest === '' ? 'form' : named(rest, null);
  const dated = dollars === '' ? readDate(`5${rest}`, thisYear) : readDate(skipQuantity(rest), thisYear);
  if (typeof dated === 'string') return dated;
  return named(dated.rest, dated.day);
}

/** A quantity of two digits behind `8`, of five behind `9`, stands before the date. */
function skipQuantity(text: string): string {
  const [quantity = ''] = /^(?:8\d{2}|9\d{5})/.exec(text) ?? [];
  return text.slice(quantity.length);
}

function readDate(text: string, thisYear: number): { day: string | null; rest: string } | SecondaryFault {
  const mark = text.charAt(0);
  if (mark === '' || mark === '7') return { day: null, rest: text.slice(1) };
  const isMonth = mark === '0' || mark === '1';
  const form = isMonth ? { len: 4, read: readMonth } : dateForms[mark];
  if (form === undefined) return 'form';
  const from = isMonth ? 0 : 1;
  const digits = text.slice(from, from + form.len);
  if (digits.length !== form.len || !/^\d+$/.test(digits)) return 'form';
  const day = form.read(digits, thisYear);
  return day === null ? 'date' : { day, rest: text.slice(from + form.len) };
}

function readMonth(digits: string, thisYear: number): string | null {
  return lastDayOf(yearOf(part(digits, 2), thisYear), part(digits, 0));
}

function part(digits: string, from: number): number {
  return Number(digits.slice(from, from + 2));
}
