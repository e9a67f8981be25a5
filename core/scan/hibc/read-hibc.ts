import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { ScannedFields } from '../../../contract/schema/scan.ts';
import { calendarDay } from '../calendar-day.ts';
import { fitsCheckCharacter } from './check-character.ts';
import { readSecondaryData, type SecondaryFault } from './secondary-data.ts';

/** Labeler (LIC), product or catalogue number (PCN), unit of measure. */
const primaryForm = /^[A-Z][A-Z0-9]{3}[A-Z0-9]{1,18}[0-9]$/;

/**
 * Reads an HIBC supplier code (ANSI/HIBC 2.6): `+` primary data, `/` secondary data, `/S`, `/14D` and `/16D` fields, one check
 * character. Secondary data in a code of its own carries no device identifier. Refuses with `scan.hibc-invalid`,
 * `scan.check-digit-wrong`, `scan.date-invalid` or `scan.contradictory`.
 */
export function readHibc(text: string, thisYear: number): Result<ScannedFields> {
  if (!/^\+[0-9A-Z\-. $/+%]{2,}$/.test(text)) return refuseForm();
  if (!fitsCheckCharacter(text)) {
    const reason =
      'The check character of the HIBC code does not fit: the code was misread or is misprinted. Nothing was taken from it; scan it again.';
    return refuse('scan.check-digit-wrong', reason);
  }
  const body = text.slice(1, -1);
  // Where the secondary data has a code of its own, a link character stands before the check character.
  const isSecondary = /^(?:\$|\d{5})/.test(body);
  const parts = (isSecondary ? `/${body.slice(0, -1)}` : body).split('/');
  const [primary = '', secondary, ...more] = parts;
  if (!isSecondary && !primaryForm.test(primary)) return refuseForm();
  const fields: ScannedFields = {
    deviceIdentifier: isSecondary ? null : primary,
    gtin: null,
    serial: null,
    lot: null,
    made: null,
    expires: null,
  };
  if (secondary === undefined) return accept(fields);
  const read = readSecondaryData(secondary, thisYear);
  if (typeof read === 'string') return refuseFault(read);
  return addSupplements({ ...fields, ...read }, more);
}

/** `/S` serial number, `/14D` expiry and `/16D` production date, each `YYYYMMDD`; what else there is belongs to no field. */
function addSupplements(fields: ScannedFields, supplements: readonly string[]): Result<ScannedFields> {
  const stated = { ...fields };
  for (const supplement of supplements) {
    const [, name, value = ''] = /^(S|14D|16D)(.*)$/.exec(supplement) ?? [];
    if (name === undefined) continue;
    const field = name === 'S' ? 'serial' : name === '14D' ? 'expires' : 'made';
    if (value === '' || (field !== 'serial' && !/^\d{8}$/.test(value))) return refuseForm();
    const meant = field === 'serial' ? value : calendarDay(year(value), two(value, 4), two(value, 6));
    if (meant === null) return refuseFault('date');
    if (stated[field] !== null && stated[field] !== meant) {
      const reason = `The HIBC code states ${fieldWords[field]} twice, and not alike. Nothing was taken from it; type what the label says.`;
      return refuse('scan.contradictory', reason);
    }
    stated[field] = meant;
  }
  return accept(stated);
}

const fieldWords = { serial: 'the serial number', expires: 'the expiry date', made: 'the production date' } as const;

function year(value: string): number {
  return Number(value.slice(0, 4));
}

function two(value: string, from: number): number {
  return Number(value.slice(from, from + 2));
}

function refuseFault(fault: SecondaryFault): Result<never> {
  if (fault === 'form') return refuseForm();
  const reason =
    'A date of the HIBC code is not a day of the calendar. Nothing was taken from it; scan it again, or type what the label says.';
  return refuse('scan.date-invalid', reason);
}

function refuseForm(): Result<never> {
  const reason =
    'The text begins with + like an HIBC code and is not formed like one (capital letters, digits, its own order of fields). Nothing was taken from it; scan it again, with the reader set to send capital letters as they are.';
  return refuse('scan.hibc-invalid', reason);
}
