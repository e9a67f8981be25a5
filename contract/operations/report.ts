import * as v from 'valibot';
import type { OperationTable } from './operation.ts';
import { Sha256 } from '../schema/bundle.ts';
import { ReportFile } from '../schema/station.ts';
import { DiskPath, JobId } from './input.ts';

/** Reports for auditors. */
export const reportOperations = {
  'report.export': {
    access: 'report.export',
    input: v.strictObject({ jobId: JobId, folder: DiskPath, paper: v.picklist(['A4', 'Letter']) }),
    output: v.strictObject({ files: v.array(ReportFile), stationKeySha256: Sha256 }),
  },
} as const satisfies OperationTable;
