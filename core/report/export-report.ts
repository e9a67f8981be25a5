import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { accept, refuse, type Result } from '../../contract/result.ts';
import type { ReportModel } from '../../contract/schema/report.ts';
import type { ReportFile } from '../../contract/schema/station.ts';
import type { PaperSize } from './pdf/paper.ts';
import { reportJsonBytes, type SignWithStationKey } from './report-json.ts';
import { readJson, readModel } from './verifier/read-report.ts';
import { verifyReport } from './verifier/verify-report.ts';
import { writeReportFiles, type ReportDisk } from './write-files.ts';

export interface ExportRequest {
  readonly model: ReportModel;
  readonly folder: string;
  readonly paper: PaperSize;
  readonly sign: SignWithStationKey;
  readonly disk?: ReportDisk;
}

export interface ExportedReport {
  readonly files: readonly ReportFile[];
  readonly stationKeySha256: string;
}

/**
 * Writes a report for a job: `<id>.json`, `<id>.pdf`, a detached signature (64 raw bytes) beside each, and the station's
 * public key. All of them or none; what stands there already is left alone unless it is the same report.
 *
 * Refuses with `report.evidence-incomplete` (the signed report does not verify), `station.file-exists`, `station.disk-full`
 * or `station.storage-failed`.
 */
export async function exportReport({
  disk,
  folder,
  model,
  paper,
  sign,
}: ExportRequest): Promise<Result<ExportedReport>> {
  const { id, station } = model;
  const jsonBytes = reportJsonBytes(model);
  const signature = sign(jsonBytes);
  // Only now: what draws PDFs is a good part of what a station would load at its start.
  const { renderReportPdf } = await import('./report-pdf.ts');
  const pdfBytes = await renderReportPdf(model, paper);
  const pdf = { pdfBytes, pdfSignature: sign(pdfBytes) };
  const { result } = verifyReport({ jsonBytes, signature, pdf, trustedStationKey: station.publicKeySha256 });
  if (!result.ok) {
    return refuse('report.evidence-incomplete', `No report was written: ${result.reason}`, { cause: result.code });
  }
  const files = [
    { name: `${id}.json`, bytes: jsonBytes },
    { name: `${id}.json.sig`, bytes: signature },
    { name: `${id}.pdf`, bytes: pdfBytes },
    { name: `${id}.pdf.sig`, bytes: pdf.pdfSignature },
    { name: 'station.pub.pem', bytes: Buffer.from(station.publicKeyPem) },
  ];
  const mayReplace = (name: string): boolean => name.startsWith(`${id}.`) && holdsSameReport(folder, model);
  const written = writeReportFiles(folder, files, { mayReplace, ...(disk && { disk }) });
  if (!written.ok) return written;
  return accept({ files: written.value, stationKeySha256: station.publicKeySha256 });
}

/** True where the folder's `<id>.json` is a report of the same id, job and station. */
function holdsSameReport(folder: string, { id, job, station }: ReportModel): boolean {
  const json = readJson(readIfThere(join(folder, `${id}.json`)));
  const there = json.ok ? readModel(json.value.value) : json;
  if (!there.ok) return false;
  const { value } = there.value;
  return value.id === id && value.job.id === job.id && value.station.publicKeySha256 === station.publicKeySha256;
}

function readIfThere(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Uint8Array(0);
    throw error;
  }
}
