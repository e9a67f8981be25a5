import * as v from 'valibot';
import { UtcTime } from './bundle.ts';

/** What is looked at, in this order. */
export const HealthCheckName = v.picklist(['algorithms', 'database', 'audit', 'clock', 'usb', 'disk', 'key']);
export type HealthCheckName = v.InferOutput<typeof HealthCheckName>;

export const HealthStatus = v.picklist(['passed', 'warning', 'failed']);
export type HealthStatus = v.InferOutput<typeof HealthStatus>;

export const HealthCheck = v.strictObject({
  name: HealthCheckName,
  status: HealthStatus,
  /** What was seen, and what to do about it where it did not pass. */
  sentence: v.string(),
  /** The code of the refusal behind it; null where there is none. */
  code: v.nullable(v.string()),
});
export type HealthCheck = v.InferOutput<typeof HealthCheck>;

const Bytes = v.pipe(v.number(), v.minValue(0));

export const StationHealth = v.strictObject({
  checkedAt: UtcTime,
  /** The worst of the checks. */
  status: HealthStatus,
  checks: v.array(HealthCheck),
  facts: v.strictObject({
    version: v.string(),
    schemaVersion: v.number(),
    openedAt: UtcTime,
    /** Null where the disk does not say. */
    disk: v.nullable(v.strictObject({ freeBytes: Bytes, totalBytes: Bytes })),
    auditEvents: v.number(),
    /** The last verification of the whole log: when, and how many events it read. */
    auditVerified: v.nullable(v.strictObject({ at: UtcTime, events: v.number() })),
    timeFloor: v.nullable(UtcTime),
    secretStore: v.picklist(['file', 'key-chain']),
    /** Null where the bus cannot be read. */
    unitsOnBench: v.nullable(v.number()),
  }),
});
export type StationHealth = v.InferOutput<typeof StationHealth>;
