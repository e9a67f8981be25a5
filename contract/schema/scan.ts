import * as v from 'valibot';
import { ScanText } from './update-job.ts';

/** A day that the calendar has, `2026-11-29`. */
export const CalendarDay = v.pipe(
  v.string(),
  v.isoDate(),
  v.check((day) => {
    const time = Date.parse(day);
    return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
  }, 'is no day of the calendar'),
);

/** What a reader sent for one code. FNC1 is the character GS (0x1D), as every reader transmits it. */
export const ScannedText = v.pipe(v.string(), v.minLength(1), v.maxLength(1024));

/** One element string of a GS1 code: application identifier and value, with GS1's own title for it. */
export const ScannedElement = v.strictObject({
  ai: v.pipe(v.string(), v.regex(/^\d{2,4}$/)),
  title: v.string(),
  value: v.string(),
});
export type ScannedElement = v.InferOutput<typeof ScannedElement>;

/** What a code says of the unit that it is on. What it does not say is null. */
export const ScannedFields = v.strictObject({
  /** The UDI's device identifier: the GTIN of a GS1 code; labeler, product and unit of measure of an HIBC code. */
  deviceIdentifier: v.nullable(v.string()),
  /** 14 digits, shorter ones filled up with zeros in front. */
  gtin: v.nullable(v.pipe(v.string(), v.regex(/^\d{14}$/))),
  serial: v.nullable(v.string()),
  lot: v.nullable(v.string()),
  made: v.nullable(CalendarDay),
  /** The last day of the month where the code names a month only. */
  expires: v.nullable(CalendarDay),
});
export type ScannedFields = v.InferOutput<typeof ScannedFields>;

export const ScanReading = v.strictObject({
  kind: v.picklist(['gs1', 'hibc', 'plain']),
  /**
   * False where only the digits look like a GS1 code, because the reader told neither the symbology nor FNC1: a number that
   * means something else could look alike, so a person confirms it before a field is filled.
   */
  marked: v.boolean(),
  /** The code as it is printed for people: GS1 with its identifiers in brackets, others as sent. */
  text: v.string(),
  /** Empty where the code is no GS1 code. */
  elements: v.array(ScannedElement),
  fields: ScannedFields,
  /** What a job's field `udi` takes; null where the code names no device, or is longer than that field. */
  udi: v.nullable(ScanText),
});
export type ScanReading = v.InferOutput<typeof ScanReading>;
