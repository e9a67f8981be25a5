import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { SBOM_MEDIA_TYPE } from '../../../contract/schema/bundle.ts';
import type { ManifestDocument } from '../../../contract/schema/bundle.ts';
import { sha256Hex } from '../../digest.ts';
import { readSbom } from './sbom.ts';

const PDF_MAGIC = '%PDF-';

/**
 * Checks a document's bytes against its entry of the manifest: SHA-256 (REQ-OTA-MAN-02), then that it is what its media type
 * says, so that nobody approves a paper that cannot be opened. Refuses `bundle.document-hash`, `bundle.document-content`,
 * `bundle.sbom-invalid`.
 */
export function checkDocument(document: ManifestDocument, bytes: Uint8Array): Result<void> {
  const { file, hash, mediaType } = document;
  const found = sha256Hex(bytes);
  if (found !== hash) {
    const reason = `${file} has the SHA-256 ${found}, manifest.json says ${hash}.`;
    return refuse('bundle.document-hash', reason, { file, hash: found, expected: hash });
  }
  if (mediaType === SBOM_MEDIA_TYPE) {
    const sbom = readSbom(bytes, file);
    return sbom.ok ? accept(undefined) : sbom;
  }
  const isAsItSays = mediaType === 'application/pdf' ? startsAsPdf(bytes) : isUtf8(bytes);
  if (isAsItSays) return accept(undefined);
  const expected = mediaType === 'application/pdf' ? `does not begin with ${PDF_MAGIC}` : 'is not UTF-8 text';
  return refuse('bundle.document-content', `${file} is listed as ${mediaType}, but ${expected}.`, { file, mediaType });
}

function startsAsPdf(bytes: Uint8Array): boolean {
  return Buffer.from(bytes.subarray(0, PDF_MAGIC.length)).toString('latin1') === PDF_MAGIC;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
