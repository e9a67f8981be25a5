import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { ScanReading } from '../../../contract/schema/scan.ts';
import { calendarDay, dayOfYear } from './label-date.ts';

const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%';

/** `+`, the labeler's code, the product's, the unit of measure (ANSI/HIBC 2.6 §2.2). */
const primaryForm = /^\+[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}\d$/;

type Production = Pick<ScanReading, 'serial' | 'lot' | 'made' | 'expires'>;
const nothing: Production = { serial: null, lot: null, made: null, expires: null };

/** Whether a text is meant to be a HIBC symbol; one that is must be a right one. */
export function looksLikeHibc(text: string): boolean {
  return /^\+(?:[A-Z][A-Z0-9]{3}|\$)/.test(text);
}

/**
 * Reads a HIBC supplier symbol: primary, secondary, or both with `/` between. The check character is modulo 43 over all before it. Refuses with
 * `scan.hibc-invalid`.
 */
export function readHibc(text: string): Result<ScanReading> {
  const body = text.slice(0, -1);
  const values = Array.from(text, (character) => alphabet.indexOf(character));
  if (values.includes(-1)) return invalid('it holds a character that HIBC does not have');
  const sum = values.slice(0, -1).reduce((total, value) => total + value, 0);
  if (text.length < 4 || sum % 43 !== values.at(-1)) return invalid('its check character is wrong');
  const isSecondary = body.startsWith('+$');
  // A secondary symbol on its own carries the primary's check character as link before its own.
  const [primary = '', ...behind] = body.split('/');
  if (!isSecondary && !primaryForm.test(primary)) return invalid('it is no primary data');
  const parts = isSecondary ? body.slice(1, -1).split('/') : behind;
  let production = nothing;
  for (const part of parts) {
    const read = readPart(part);
    if (read === null) return invalid('a date or a part in it is wrong');
    production = { ...production, ...read };
  }
  return accept({ form: 'hibc', text, udi: isSecondary ? null : text, gtin: null, ...production });
}

/** One secondary part (§2.3): null where it is none. */
function readPart(part: string): Partial<Production> | null {
  if (part.startsWith('$$+')) return readDated(part.slice(3), 'serial');
  if (part.startsWith('$$')) return readDated(part.slice(2), 'lot');
  if (part.startsWith('$+')) return named('serial', part.slice(2));
  if (part.startsWith('$')) return named('lot', part.slice(1));
  if (part.startsWith('16D')) return dated('made', fullDate(part.slice(3)));
  if (part.startsWith('14D')) return dated('expires', fullDate(part.slice(3)));
  return part.startsWith('S') ? named('serial', part.slice(1)) : null;
}

/** Quantity (formats 8 and 9), then a date by its format, then the lot or the serial number. */
function readDated(text: string, what: 'serial' | 'lot'): Partial<Production> | null {
  const quantity = /^(?:8\d{2}|9\d{5})/.exec(text)?.[0] ?? '';
  const rest = text.slice(quantity.length);
  const [format, digits] = dateForms.find(([form]) => rest.startsWith(form)) ?? ['', 4];
  const date = rest.slice(format.length, format.length + digits);
  const name = named(what, rest.slice(format.length + digits));
  if (format === '7') return name;
  const expires = new RegExp(`^\\d{${digits}}$`).test(date) ? dateOf(format, date) : null;
  return name === null || expires === null ? null : { ...name, expires };
}

/** Format characters and how many digits follow; without one the date is MMYY. */
const dateForms: readonly (readonly [format: string, digits: number])[] = [
  ['2', 6],
  ['3', 6],
  ['4', 8],
  ['5', 5],
  ['6', 7],
  ['7', 0],
];

/** The day on which it expires; the hour of formats 4 and 6 is left out, and a month ends with its last day. */
function dateOf(format: string, digits: string): string | null {
  const two = (at: number): number => Number(digits.slice(at, at + 2));
  switch (format) {
    case '2':
      return calendarDay(2000 + two(4), two(0), two(2) || 99);
    case '3':
    case '4':
      return calendarDay(2000 + two(0), two(2), two(4) || 99);
    case '5':
    case '6':
      return dayOfYear(2000 + two(0), Number(digits.slice(2, 5)));
    default:
      return calendarDay(2000 + two(2), two(0), 0);
  }
}

function fullDate(digits: string): string | null {
  if (!/^\d{8}$/.test(digits)) return null;
  return calendarDay(Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6)) || 99);
}

function named(what: 'serial' | 'lot', text: string): Partial<Production> | null {
  return /^[A-Z0-9\-. ]{1,20}$/.test(text) ? { [what]: text } : null;
}

function dated(what: 'made' | 'expires', date: string | null): Partial<Production> | null {
  return date === null ? null : { [what]: date };
}

function invalid(what: string): Result<never> {
  return refuse('scan.hibc-invalid', `The HIBC code cannot be read: ${what}. Scan it again.`);
}
