import * as v from 'valibot';
import { BundleSigner, Sha256, UtcTime } from './bundle.ts';
import { ApprovalRecord } from './policy.ts';
import { Line, PrintedText, ReportEvent, ReportStation } from './report.ts';
import { CalendarDay } from './scan.ts';
import { UpdateJobView } from './update-job.ts';

/** Most jobs that one report of a period holds. */
export const maxPeriodJobs = 2000;

const Seq = v.pipe(v.number(), v.safeInteger(), v.minValue(1));

/**
 * `<name>.json` of the report of a period (docs/reports.md): its jobs, and the evidence that they share, each piece once. Strict:
 * unknown keys are refused.
 */
export const PeriodReport = v.strictObject({
  format: v.literal('drydock-period-report/1'),
  id: v.pipe(v.string(), v.regex(/^DR-(?:TRAINING-)?jobs-\d{8}-\d{8}-\d{8}T\d{6}Z$/)),
  generatedAt: UtcTime,
  generatedBy: PrintedText,
  station: ReportStation,
  /** UTC days, both included. */
  period: v.strictObject({ firstDay: CalendarDay, lastDay: CalendarDay }),
  /** How many jobs on how many units; how they ended; proven by what. */
  conclusion: v.strictObject({ what: Line, result: Line, proof: Line }),
  /** The jobs that began in the period, oldest first; one that was still open is as it stood at the checkpoint. */
  jobs: v.pipe(
    v.array(
      v.strictObject({
        job: UpdateJobView,
        /** Event of the bundle's import whose signature the job verified; the entry of `bundles` that it stands on. */
        importSeq: Seq,
      }),
    ),
    v.maxLength(maxPeriodJobs),
  ),
  bundles: v.pipe(
    v.array(
      v.strictObject({
        importSeq: Seq,
        digest: Sha256,
        /** manifest.json's exact text; its SHA-256 is `digest`. */
        manifest: v.pipe(v.string(), v.minLength(2), v.maxLength(1_048_576)),
        signers: v.pipe(v.array(BundleSigner), v.minLength(1), v.maxLength(64)),
      }),
    ),
    v.maxLength(maxPeriodJobs),
  ),
  policies: v.pipe(
    v.array(v.strictObject({ digest: Sha256, text: v.pipe(v.string(), v.minLength(2), v.maxLength(262_144)) })),
    v.maxLength(500),
  ),
  /** Each as its signer signed it (21 CFR 11.50, 11.70). */
  approvals: v.pipe(v.array(ApprovalRecord), v.maxLength(2 * maxPeriodJobs)),
  log: v.strictObject({
    /** C2SP tlog-checkpoint, signed by the station. */
    checkpoint: v.pipe(v.string(), v.minLength(1), v.maxLength(65_536)),
    /** In the order of the log. */
    events: v.pipe(v.array(ReportEvent), v.maxLength(100_000)),
  }),
});
export type PeriodReport = v.InferOutput<typeof PeriodReport>;

/** A report that was written, as the log tells of it. */
export const ReportRecord = v.strictObject({
  /** Event of the log. */
  seq: Seq,
  at: UtcTime,
  /** Username of who had it written. */
  by: v.string(),
  id: v.string(),
  kind: v.picklist(['job', 'period']),
  /** Null for the report of a period. */
  jobId: v.nullable(v.string()),
  period: v.nullable(v.strictObject({ firstDay: CalendarDay, lastDay: CalendarDay })),
});
export type ReportRecord = v.InferOutput<typeof ReportRecord>;
