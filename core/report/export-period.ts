import type { Result } from '../../contract/result.ts';
import { accept } from '../../contract/result.ts';
import type { ReportStation } from '../../contract/schema/report.ts';
import type { ExportedReport } from './export-report.ts';
import { writePeriodCsv, type PeriodJob } from './report-csv.ts';
import type { SignWithStationKey } from './report-json.ts';
import { writeReportFiles, type ReportDisk } from './write-files.ts';

export interface PeriodExportRequest {
  /** Jobs that began in the period, oldest first. */
  readonly jobs: readonly PeriodJob[];
  /** UTC days, both included: `2026-11-01`. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly station: Pick<ReportStation, 'publicKeyPem' | 'publicKeySha256' | 'training'>;
  readonly folder: string;
  readonly sign: SignWithStationKey;
  readonly disk?: ReportDisk;
}

/**
 * Writes a period's jobs as `DR-jobs-<first>-<last>.csv` with a detached signature and the station's public key; in
 * training mode the name says so. Refuses as `writeReportFiles` does, also where another list of the period stands there.
 */
export function exportPeriod(request: PeriodExportRequest): Result<ExportedReport> {
  const { disk, firstDay, folder, jobs, lastDay, sign, station } = request;
  const bytes = Buffer.from(writePeriodCsv(jobs));
  const name = `DR-${station.training ? 'TRAINING-' : ''}jobs-${firstDay}-${lastDay}.csv`;
  const files = [
    { name, bytes },
    { name: `${name}.sig`, bytes: sign(bytes) },
    { name: 'station.pub.pem', bytes: Buffer.from(station.publicKeyPem) },
  ];
  const written = writeReportFiles(folder, files, disk && { disk });
  return written.ok ? accept({ files: written.value, stationKeySha256: station.publicKeySha256 }) : written;
}
