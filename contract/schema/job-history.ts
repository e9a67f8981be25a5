import * as v from 'valibot';
import { SecurityCounter, Sha256, UtcTime } from './bundle.ts';
import { Position } from './device.ts';
import { ApprovalKind } from './policy.ts';
import { OperatorId, PrintedName } from './session.ts';
import { JobState, UpdateJobView } from './update-job.ts';

const job = UpdateJobView.entries;

/** A job as a line of the history. */
export const JobLine = v.strictObject({
  id: job.id,
  state: job.state,
  kind: job.kind,
  training: job.training,
  bundleDigest: job.bundleDigest,
  product: job.product,
  serial: job.serial,
  workOrder: job.workOrder,
  assetTag: job.assetTag,
  udi: job.udi,
  position: job.position,
  place: job.place,
  versionBefore: job.versionBefore,
  versionTarget: job.versionTarget,
  versionAfter: job.versionAfter,
  executedBy: job.executedBy,
  createdAt: job.createdAt,
  endedAt: job.endedAt,
  code: job.code,
  reason: job.reason,
});
export type JobLine = v.InferOutput<typeof JobLine>;

/** Beginning of a serial number, work order, asset tag, UDI or product, in any case. */
const Prefix = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(128), v.regex(/^[\x20-\x7e]+$/));

/** What jobs are looked for by; null: not by this. */
export const JobSearch = v.strictObject({
  text: v.nullable(Prefix),
  /** Empty: in any state. */
  states: v.pipe(v.array(JobState), v.maxLength(JobState.options.length)),
  /** Begun at this time or later. */
  from: v.nullable(UtcTime),
  /** Begun before this time. */
  to: v.nullable(UtcTime),
  bundleDigest: v.nullable(Sha256),
  /** Who began the job. */
  operator: v.nullable(OperatorId),
});
export type JobSearch = v.InferOutput<typeof JobSearch>;

export const JobsFound = v.strictObject({
  /** Newest first. */
  jobs: v.array(JobLine),
  /** How many the search finds in all, counted up to a bound. */
  total: v.number(),
  /** False where there are `total` or more. */
  isTotalExact: v.boolean(),
});
export type JobsFound = v.InferOutput<typeof JobsFound>;

/** A unit by which its jobs are found: a serial number is one within its product. */
export const UnitKey = v.strictObject({
  product: v.pipe(v.string(), v.minLength(1), v.maxLength(128)),
  serial: v.pipe(v.string(), v.minLength(1), v.maxLength(256)),
});
export type UnitKey = v.InferOutput<typeof UnitKey>;

/** The highest security counter that was ever confirmed on a unit; null where none was. */
const Confirmed = v.nullable(v.strictObject({ version: SecurityCounter, at: UtcTime }));

export const UnitLine = v.strictObject({
  ...UnitKey.entries,
  jobs: v.number(),
  lastJob: JobLine,
  highestConfirmed: Confirmed,
});
export type UnitLine = v.InferOutput<typeof UnitLine>;

export const UnitsInput = v.strictObject({
  /** Beginning of the serial number, in any case. */
  text: v.nullable(Prefix),
  product: v.nullable(UnitKey.entries.product),
  /** The last unit of the page before; null: from the first. */
  after: v.nullable(UnitKey),
});
export type UnitsInput = v.InferOutput<typeof UnitsInput>;

/** An approval that a job stood on. */
export const UsedApproval = v.strictObject({
  id: v.pipe(v.string(), v.uuid()),
  kind: ApprovalKind,
  printedName: PrintedName,
  signedAt: UtcTime,
});
export type UsedApproval = v.InferOutput<typeof UsedApproval>;

/** What one unit has been through at this station. */
export const UnitLife = v.strictObject({
  ...UnitKey.entries,
  highestConfirmed: Confirmed,
  /** Newest first, recoveries and downgrades among them; the newest 500. */
  jobs: v.array(v.strictObject({ ...JobLine.entries, approvals: v.array(UsedApproval) })),
  jobsOmitted: v.number(),
  /** Jobs at whose beginning a second unit with this serial number stood elsewhere. */
  clonesSeen: v.array(v.strictObject({ job: job.id, at: UtcTime, positions: v.array(Position) })),
});
export type UnitLife = v.InferOutput<typeof UnitLife>;
