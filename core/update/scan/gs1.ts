import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { ScanReading } from '../../../contract/schema/scan.ts';
import { characterSet82, fixedValueLength, hasCheckDigit, longestValue, readIdentifier } from './gs1-element.ts';
import { calendarDay, gs1Year } from './label-date.ts';

/** GS: what a reader sends for FNC1. */
const separator = '\x1d';
/** More elements than any label has. */
const MOST_ELEMENTS = 32;

export type Element = readonly [identifier: string, value: string];

/** A GS1 element string as it is printed, `(01)…(21)…`; a bracket that belongs to a value has a backslash before it. Refuses with `scan.gs1-invalid`. */
export function readBracketed(text: string, now: Date): Result<ScanReading> {
  const elements: Element[] = [];
  let rest = text;
  while (rest !== '') {
    const [whole = '', identifier = '', value = ''] = /^\((\d{2,4})\)((?:\\\(|[^(])*)/.exec(rest) ?? [];
    if (whole === '' || readIdentifier(identifier) !== identifier) return invalid('an identifier in brackets is wrong');
    elements.push([identifier, value.replaceAll('\\(', '(')]);
    rest = rest.slice(whole.length);
    if (elements.length > MOST_ELEMENTS) return invalid(`it has more than ${MOST_ELEMENTS} elements`);
  }
  return readElements(elements, now);
}

/** A GS1 element string as a reader sends it, without the first FNC1. Refuses with `scan.gs1-invalid`. */
export function readConcatenated(text: string, now: Date): Result<ScanReading> {
  const elements: Element[] = [];
  let rest = text;
  while (rest !== '') {
    const identifier = readIdentifier(rest);
    if (identifier === null) return invalid('a part of it begins with no application identifier');
    const body = rest.slice(identifier.length);
    const end = body.indexOf(separator);
    const toSeparator = end === -1 ? body.length : end;
    const lenCharacters = fixedValueLength(identifier) ?? toSeparator;
    if (lenCharacters > toSeparator) return invalid(`element (${identifier}) is cut off`);
    elements.push([identifier, body.slice(0, lenCharacters)]);
    if (elements.length > MOST_ELEMENTS) return invalid(`it has more than ${MOST_ELEMENTS} elements`);
    // A separator behind an element of fixed length, or at the end, is superfluous and allowed.
    rest = body.slice(lenCharacters).replace(separator, (found, at: number) => (at === 0 ? '' : found));
  }
  return readElements(elements, now);
}

function readElements(elements: readonly Element[], now: Date): Result<ScanReading> {
  if (elements.length === 0) return invalid('it is empty');
  const byIdentifier = new Map<string, string>();
  for (const [identifier, value] of elements) {
    const wrong = findFault(identifier, value);
    if (wrong !== null) return invalid(`element (${identifier}) ${wrong}`);
    const before = byIdentifier.get(identifier);
    if (before !== undefined && before !== value) return invalid(`element (${identifier}) is there twice and differs`);
    byIdentifier.set(identifier, value);
  }
  const [made, expires] = ['11', '17'].map((identifier) => readDate(byIdentifier.get(identifier), now));
  if (made === undefined || expires === undefined) return invalid('a date in it is no day of the calendar');
  const gtin = byIdentifier.get('01') ?? null;
  const text = elements.map(([identifier, value]) => `(${identifier})${value}`).join('');
  return accept({
    form: 'gs1',
    text,
    // A device identifier is what makes it a UDI; the production identifiers alone are none.
    udi: gtin === null ? null : text,
    gtin,
    serial: byIdentifier.get('21') ?? null,
    lot: byIdentifier.get('10') ?? null,
    made,
    expires,
  });
}

function findFault(identifier: string, value: string): string | null {
  const fixed = fixedValueLength(identifier);
  if (value === '' || value.length > longestValue) return `has ${value.length} characters`;
  if (fixed !== null && value.length !== fixed) return `has ${value.length} characters instead of ${fixed}`;
  if (fixed !== null && !/^\d+$/.test(value)) return 'is not made of digits';
  if (!characterSet82.test(value)) return 'holds a character that GS1 does not have';
  if (['01', '02', '00'].includes(identifier) && !hasCheckDigit(value)) return 'has a wrong check digit';
  if (['10', '21', '22'].includes(identifier) && value.length > 20) return 'has more than 20 characters';
  return null;
}

/** YYMMDD; null where there is none, undefined where it is no day. */
function readDate(value: string | undefined, now: Date): string | null | undefined {
  if (value === undefined) return null;
  const [year = 0, month = 0, day = 0] = [0, 2, 4].map((at) => Number(value.slice(at, at + 2)));
  return calendarDay(gs1Year(year, now.getUTCFullYear()), month, day) ?? undefined;
}

function invalid(what: string): Result<never> {
  return refuse('scan.gs1-invalid', `The GS1 code cannot be read: ${what}. Scan it again.`);
}
