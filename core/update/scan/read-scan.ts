import { accept, refuse, type Result } from '../../../contract/result.ts';
import { longestScan, type ScanReading } from '../../../contract/schema/scan.ts';
import { readBracketed, readConcatenated } from './gs1.ts';
import { hasCheckDigit } from './gs1-element.ts';
import { looksLikeHibc, readHibc } from './hibc.ts';

/** Symbology identifiers of readers that say "GS1, with FNC1 first" (ISO/IEC 15424). */
const gs1Symbol = /^\](?:C1|d2|Q3|e0|J1)/;
const anySymbol = /^\][A-Za-z][0-9A-Za-z]/;

/**
 * Reads what a scanner types or a person copies from a label: a GS1 element string (with a reader's prefix, with group separators, or in brackets), a
 * HIBC symbol, or any other text, which stays what it is. What claims to be GS1 or HIBC must be right, because a misread serial number is worse than
 * none. `now` gives two-digit years their century. Refuses with `scan.text-invalid`, `scan.gs1-invalid` or `scan.hibc-invalid`.
 */
export function readScan(scanned: string, now: Date): Result<ScanReading> {
  const text = scanned.trim();
  if (text === '' || text.length > longestScan || !/^[\x1d\x20-\x7e]+$/.test(text)) {
    return refuse('scan.text-invalid', 'The scan is empty, too long, or holds characters that no label has.');
  }
  if (gs1Symbol.test(text)) return readConcatenated(withoutFirstSeparator(text.slice(3)), now);
  const body = text.replace(anySymbol, '');
  if (body.includes('\x1d')) return readConcatenated(withoutFirstSeparator(body), now);
  if (/^\(\d{2,4}\)/.test(body)) return readBracketed(body, now);
  if (looksLikeHibc(body)) return readHibc(body);
  // Without any mark, sixteen digits that begin with 01 and have a right check digit are taken for a GTIN where all the rest reads, too.
  if (/^01\d{14}/.test(body) && hasCheckDigit(body.slice(2, 16))) {
    const read = readConcatenated(body, now);
    if (read.ok) return read;
  }
  if (body === '') return refuse('scan.text-invalid', 'The scan holds nothing but the prefix of the reader.');
  return accept({
    form: 'plain',
    text: body,
    udi: null,
    gtin: null,
    serial: null,
    lot: null,
    made: null,
    expires: null,
  });
}

function withoutFirstSeparator(text: string): string {
  return text.startsWith('\x1d') ? text.slice(1) : text;
}
