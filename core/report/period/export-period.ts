import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { ReportVerdict } from '../../../contract/schema/report.ts';
import type { ExportedReport } from '../export-report.ts';
import type { SignWithStationKey } from '../report-json.ts';
import { verifyReport, type ReportFiles } from '../verifier/verify-report.ts';
import { writeReportFiles, type ReportDisk } from '../write-files.ts';
import type { DrawnPeriod } from './draw-period.ts';

export interface PeriodExportRequest {
  readonly drawn: DrawnPeriod;
  readonly folder: string;
  readonly sign: SignWithStationKey;
  /** Where the signed files are verified; left out, here. */
  readonly verify?: (files: ReportFiles) => Promise<Result<ReportVerdict>>;
  readonly disk?: ReportDisk;
}

/**
 * Writes the report of a period: `<id>.json`, `<id>.pdf` and `<id>.csv`, a detached signature (64 raw bytes) beside each, and the
 * station's public key. All of them or none. Refuses as `exportReport` does.
 */
export async function exportPeriod(request: PeriodExportRequest): Promise<Result<ExportedReport>> {
  const { disk, drawn, folder, sign, verify = verifyHere } = request;
  const { csvBytes, jsonBytes, model, pdfBytes } = drawn;
  const { id, station } = model;
  const signature = sign(jsonBytes);
  const pdf = { pdfBytes, pdfSignature: sign(pdfBytes) };
  const csv = { csvBytes, csvSignature: sign(csvBytes) };
  const result = await verify({ jsonBytes, signature, pdf, csv, trustedStationKey: station.publicKeySha256 });
  if (!result.ok)
    return refuse('report.evidence-incomplete', `No report was written: ${result.reason}`, { cause: result.code });
  const files = [
    { name: `${id}.json`, bytes: jsonBytes },
    { name: `${id}.json.sig`, bytes: signature },
    { name: `${id}.pdf`, bytes: pdfBytes },
    { name: `${id}.pdf.sig`, bytes: pdf.pdfSignature },
    { name: `${id}.csv`, bytes: csvBytes },
    { name: `${id}.csv.sig`, bytes: csv.csvSignature },
    { name: 'station.pub.pem', bytes: Buffer.from(station.publicKeyPem) },
  ];
  const written = writeReportFiles(folder, files, disk && { disk });
  return written.ok ? accept({ files: written.value, stationKeySha256: station.publicKeySha256 }) : written;
}

function verifyHere(files: ReportFiles): Promise<Result<ReportVerdict>> {
  return Promise.resolve(verifyReport(files).result);
}
