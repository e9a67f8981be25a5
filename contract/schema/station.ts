import * as v from 'valibot';
import { Sha256, UtcTime } from './bundle.ts';

/** The station as anyone may see it before logging in. */
export const StationView = v.strictObject({
  initialised: v.boolean(),
  /** Null until the station is initialised. */
  id: v.nullable(v.string()),
  name: v.nullable(v.string()),
  version: v.string(),
  /** SHA-256 of the station's public signing key: what an auditor pins. */
  keySha256: v.nullable(Sha256),
  /** True where the units on the bench are virtual; every paper says so. */
  training: v.boolean(),
});
export type StationView = v.InferOutput<typeof StationView>;

/** How long a session may stand unused before it ends. */
export const IdleMinutes = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(60));

/** What an administrator sets for the whole station. */
export const StationSettingsView = v.strictObject({
  name: v.nullable(v.string()),
  idleMinutes: IdleMinutes,
  /** Where bundles are fetched from. Always null: no depot server can be set up yet, and the program opens no socket (REQ-OTA-TLS-02). */
  depotServer: v.null(),
});
export type StationSettingsView = v.InferOutput<typeof StationSettingsView>;

export const AnchorView = v.strictObject({
  fingerprintSha256: Sha256,
  subject: v.string(),
  label: v.string(),
  products: v.array(v.string()),
  notAfter: UtcTime,
  addedAt: UtcTime,
});
export type AnchorView = v.InferOutput<typeof AnchorView>;

export const ImageKeyView = v.strictObject({
  keySha256: Sha256,
  algorithm: v.string(),
  label: v.string(),
  products: v.array(v.string()),
  addedAt: UtcTime,
});
export type ImageKeyView = v.InferOutput<typeof ImageKeyView>;

export const ReportFile = v.strictObject({ name: v.string(), sha256: Sha256, lenBytes: v.number() });
export type ReportFile = v.InferOutput<typeof ReportFile>;
