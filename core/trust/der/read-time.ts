import { DerError, type DerNode } from './read-der.ts';
import { tag } from './tag.ts';

const utcTime = /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
const generalizedTime = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/;
const fractionalTime = /^(\d{14})(?:\.(\d{0,11}[1-9]))?Z$/;
/** UTCTime ends with 2049 (RFC 5280 §4.1.2.5.1). */
const firstGeneralizedYear = 2050;

/**
 * A Time as certificates, CRLs and the signing-time attribute have it: UTCTime through 2049, GeneralizedTime from 2050, with
 * seconds, in UTC, without fractions (RFC 5280 §4.1.2.5, RFC 5652 §11.3).
 */
export function readTime(node: DerNode, name: string): Date {
  if (node.tag === tag.utcTime) {
    const fields = matchTime(utcTime, node, name);
    const year = fields.year < 50 ? 2000 + fields.year : 1900 + fields.year;
    return toDate({ ...fields, year }, name);
  }
  if (node.tag === tag.generalizedTime) {
    const fields = matchTime(generalizedTime, node, name);
    if (fields.year < firstGeneralizedYear)
      throw new DerError(`${name} is a GeneralizedTime before 2050 (RFC 5280 §4.1.2.5)`);
    return toDate(fields, name);
  }
  throw new DerError(`${name} is not a time`);
}

/** A GeneralizedTime of any year, as the invalidityDate of a CRL entry is (RFC 5280 §5.3.2). */
export function readGeneralizedTime(node: DerNode, name: string): Date {
  if (node.tag !== tag.generalizedTime) throw new DerError(`${name} is not a GeneralizedTime`);
  return toDate(matchTime(generalizedTime, node, name), name);
}

/**
 * A genTime: GeneralizedTime with seconds, in UTC, perhaps with a fraction that does not end in zero (RFC 3161 §2.4.2, X.690 §11.7). Of the
 * fraction, of up to 12 digits, the milliseconds are kept.
 */
export function readFractionalTime(node: DerNode, name: string): Date {
  if (node.tag !== tag.generalizedTime) throw new DerError(`${name} is not a GeneralizedTime`);
  const match = fractionalTime.exec(Buffer.from(node.content).toString('latin1'));
  const [, whole, fraction = ''] = match ?? [];
  if (whole === undefined) throw new DerError(`${name} is not written YYYYMMDDHHMMSS[.f]Z, f not ending in zero`);
  const seconds = { ...node, content: Buffer.from(`${whole}Z`, 'latin1') };
  return new Date(readGeneralizedTime(seconds, name).getTime() + Number(fraction.padEnd(3, '0').slice(0, 3)));
}

interface TimeFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

function matchTime(form: RegExp, node: DerNode, name: string): TimeFields {
  const match = form.exec(Buffer.from(node.content).toString('latin1'));
  if (match === null) throw new DerError(`${name} is not written YYMMDDHHMMSSZ or YYYYMMDDHHMMSSZ`);
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1).map(Number);
  return { year, month, day, hour, minute, second };
}

/** Refuses 31 February and its like: the fields must survive the way into a Date and back. */
function toDate({ year, month, day, hour, minute, second }: TimeFields, name: string): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  date.setUTCHours(hour, minute, second);
  const survives =
    date.getUTCFullYear() === year &&
    date.getUTCMonth() === month - 1 &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === second;
  if (!survives) throw new DerError(`${name} names a date that does not exist`);
  return date;
}
