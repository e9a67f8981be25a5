import * as v from 'valibot';

/** Longer than any symbol that a reader sends; what is in it is looked at by the core. */
export const longestScan = 1024;

const LabelDate = v.pipe(v.string(), v.isoDate());

/** What was read off a label. A field is null where the label does not say it. */
export const ScanReading = v.strictObject({
  form: v.picklist(['gs1', 'hibc', 'plain']),
  /** Without the reader's prefix and outer spaces; of a GS1 symbol the form that people read, `(01)…(21)…`. */
  text: v.string(),
  /** The text, where it identifies a medical device (UDI). */
  udi: v.nullable(v.string()),
  /** 14 digits. */
  gtin: v.nullable(v.string()),
  serial: v.nullable(v.string()),
  lot: v.nullable(v.string()),
  /** Date of production. */
  made: v.nullable(LabelDate),
  /** Last day of use. */
  expires: v.nullable(LabelDate),
});
export type ScanReading = v.InferOutput<typeof ScanReading>;
