import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { Sha256 } from '../schema/bundle.ts';
import { ReportRecord } from '../schema/period-report.ts';
import { ReportVerificationView } from '../schema/report.ts';
import { CalendarDay } from '../schema/scan.ts';
import { ReportFile } from '../schema/station.ts';
import { DiskPath, JobId, Page } from './input.ts';

/** Reports for auditors. */
export const reportOperations = {
  'report.export': {
    access: 'report.export',
    input: v.strictObject({ jobId: JobId, folder: DiskPath, paper: v.picklist(['A4', 'Letter']) }),
    output: v.strictObject({ files: v.array(ReportFile), stationKeySha256: Sha256 }),
  },
  /** The jobs that began on the days from `firstDay` to `lastDay` (UTC, both included), of the kind of units that the station works with now. */
  'report.period': {
    access: 'report.export',
    input: v.strictObject({
      firstDay: CalendarDay,
      lastDay: CalendarDay,
      folder: DiskPath,
      paper: v.picklist(['A4', 'Letter']),
    }),
    output: v.strictObject({
      id: v.string(),
      jobs: v.number(),
      files: v.array(ReportFile),
      stationKeySha256: Sha256,
    }),
  },
  /**
   * Verifies a report, of this station or of another, by every named check: its JSON, and the signature, PDF and CSV that lie beside it by
   * its name. `stationKey`: SHA-256 or PEM of the key that is trusted; null: this station's own. What does not verify is an answer, too.
   */
  'report.verify': {
    access: 'report.export',
    input: v.strictObject({ path: DiskPath, stationKey: v.nullable(v.pipe(v.string(), v.maxLength(1024))) }),
    output: ReportVerificationView,
  },
  /** Reports that were written, newest first; `before` is the last one's `seq` for the next page. */
  'report.list': {
    access: 'report.export',
    input: v.strictObject({ before: v.nullable(v.pipe(v.number(), v.safeInteger())), limit: Page }),
    output: v.array(ReportRecord),
  },
} as const satisfies OperationTable;
