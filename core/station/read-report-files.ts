import { lstatSync } from 'node:fs';
import { accept, type Result } from '../../contract/result.ts';
import type { ReportFiles } from '../report/verifier/verify-report.ts';
import { readBoundedFile } from './read-bounded-file.ts';

/** Longest report, and longest paper or table beside it. */
const maxJsonBytes = 32 * 1024 * 1024;
const maxBesideBytes = 64 * 1024 * 1024;
/** Far more than the 64 bytes of a signature: what is too long is told by its check. */
const maxSignatureBytes = 4096;

/**
 * A report's JSON and what lies beside it by its name: the signature, which must be there; the PDF and the CSV, each with its own, where they are.
 * Refuses with `station.file-unreadable`.
 */
export function readReportFiles(path: string): Result<Omit<ReportFiles, 'trustedStationKey'>> {
  const jsonBytes = readBoundedFile(path, maxJsonBytes, 'The report');
  if (!jsonBytes.ok) return jsonBytes;
  const signature = readSignature(path);
  if (!signature.ok) return signature;
  const base = path.replace(/\.json$/, '');
  const pdf = readBeside(`${base}.pdf`, 'The PDF beside the report');
  if (!pdf.ok) return pdf;
  const csv = readBeside(`${base}.csv`, 'The CSV beside the report');
  if (!csv.ok) return csv;
  return accept({
    jsonBytes: jsonBytes.value,
    signature: signature.value,
    ...(pdf.value === null ? {} : { pdf: { pdfBytes: pdf.value.bytes, pdfSignature: pdf.value.signature } }),
    ...(csv.value === null ? {} : { csv: { csvBytes: csv.value.bytes, csvSignature: csv.value.signature } }),
  });
}

/** Null where there is no such file. */
function readBeside(path: string, what: string): Result<{ readonly bytes: Buffer; readonly signature: Buffer } | null> {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) return accept(null);
  const bytes = readBoundedFile(path, maxBesideBytes, what);
  if (!bytes.ok) return bytes;
  const signature = readSignature(path);
  return signature.ok ? accept({ bytes: bytes.value, signature: signature.value }) : signature;
}

function readSignature(path: string): Result<Buffer> {
  const name = /[^/\\]*$/.exec(path)?.[0] ?? '';
  return readBoundedFile(`${path}.sig`, maxSignatureBytes, `The signature that lies beside ${name} as ${name}.sig`);
}
