import { accept, refuse, type Result } from '../../contract/result.ts';
import { looksLikePem, readPemBlocks } from './pem.ts';

/** A file with one revocation list, and with the CA certificates that came beside it; none of them is believed yet. */
export interface CrlFile {
  readonly crlDer: Uint8Array;
  readonly issuersDer: readonly Uint8Array[];
}

/** More than any path has; keeps the work on a hostile file small. */
const maxIssuers = 16;

/**
 * Reads a revocation list as DER, or as PEM (RFC 7468) with one `X509 CRL` and any number of `CERTIFICATE` blocks, in any order, up
 * to 16. Refuses with `trust.pem-malformed`.
 */
export function readCrlFile(file: Uint8Array): Result<CrlFile> {
  if (!looksLikePem(file)) return accept({ crlDer: file, issuersDer: [] });
  const blocks = readPemBlocks(file);
  if (!blocks.ok) return blocks;
  const ofLabel = (wanted: string): Uint8Array[] =>
    blocks.value.filter(({ label }) => label === wanted).map(({ der }) => der);
  const [crlDer, ...otherCrls] = ofLabel('X509 CRL');
  const issuersDer = ofLabel('CERTIFICATE');
  const strangers = blocks.value.length - issuersDer.length - otherCrls.length - 1;
  if (crlDer === undefined || otherCrls.length > 0 || strangers > 0) {
    const found = blocks.value
      .map(({ label }) => label)
      .slice(0, maxIssuers)
      .join(', ');
    return refuse(
      'trust.pem-malformed',
      `The file should hold one X509 CRL and no more than its CAs' certificates beside it; it holds ${found === '' ? 'none' : found}.`,
    );
  }
  if (issuersDer.length > maxIssuers) {
    return refuse(
      'trust.pem-malformed',
      `The file holds ${issuersDer.length} certificates beside the revocation list; at most ${maxIssuers} are read.`,
    );
  }
  return accept({ crlDer, issuersDer });
}
