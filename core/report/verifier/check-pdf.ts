import type { KeyObject } from 'node:crypto';
import { refuse, type Result } from '../../../contract/result.ts';
import { verifyEd25519 } from '../../audit/verifier-key.ts';
import { jsonDigestKeyword } from '../proof-facts.ts';
import { found, type Finding } from './check-list.ts';
import { maxReportLenBytes } from './read-report.ts';

export interface PdfFiles {
  readonly pdfBytes: Uint8Array;
  readonly pdfSignature: Uint8Array;
}

/** The station signed the PDF, and the PDF names this JSON as what it was drawn from. */
export function checkPdf(
  { pdfBytes, pdfSignature }: PdfFiles,
  key: KeyObject,
  jsonSha256: string,
): Result<Finding<true>> {
  if (pdfBytes.byteLength > maxReportLenBytes) {
    return refuse(
      'report.pdf-invalid',
      `The PDF has ${pdfBytes.byteLength} bytes; at most ${maxReportLenBytes} are read.`,
    );
  }
  if (!verifyEd25519(key, pdfBytes, pdfSignature)) {
    return refuse(
      'report.pdf-invalid',
      "The station's signature does not fit the PDF: it was changed, or is of another station.",
    );
  }
  if (!Buffer.from(pdfBytes).includes(jsonDigestKeyword + jsonSha256)) {
    return refuse(
      'report.pdf-invalid',
      `The PDF was drawn from another report than the one with SHA-256 ${jsonSha256}.`,
    );
  }
  return found('The PDF is signed by the station and drawn from this report.', true);
}
