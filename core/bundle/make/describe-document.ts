import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { ManifestDocument } from '../../../contract/schema/bundle.ts';
import { sha256Hex } from '../../digest.ts';
import { DOCUMENT_FOLDER } from '../archive/entry-name.ts';
import { checkDocument } from '../documents/check-document.ts';
import { BUNDLE_LIMITS } from '../limits.ts';
import { errnoOf } from '../storage-fault.ts';

/** A document as its vendor names it; length and hash are read from the file. */
export interface DocumentInput extends Pick<ManifestDocument, 'kind' | 'title' | 'mediaType'> {
  readonly path: string;
  /** File name under `documents/`; that of `path` where it is left out. */
  readonly name?: string;
}

export interface DescribedDocument {
  readonly document: ManifestDocument;
  readonly bytes: Uint8Array;
}

/** Makes the documents' entries of the manifest, in the order given. Refuses `bundle.file-unreadable`, `bundle.archive-too-large`, or as `checkDocument` does. */
export function describeDocuments(inputs: readonly DocumentInput[]): Result<readonly DescribedDocument[]> {
  const described: DescribedDocument[] = [];
  for (const input of inputs) {
    const bytes = readDocument(input.path);
    if (!bytes.ok) return bytes;
    const document = {
      file: `${DOCUMENT_FOLDER}${input.name ?? basename(input.path)}`,
      kind: input.kind,
      title: input.title,
      mediaType: input.mediaType,
      len: bytes.value.length,
      hash: sha256Hex(bytes.value),
    };
    const checked = checkDocument(document, bytes.value);
    if (!checked.ok) return checked;
    described.push({ document, bytes: bytes.value });
  }
  return accept(described);
}

function readDocument(path: string): Result<Buffer> {
  try {
    const lenBytes = statSync(path).size;
    if (lenBytes <= BUNDLE_LIMITS.documentBytes) return accept(readFileSync(path));
    const reason = `The document ${path} is ${lenBytes} bytes long, at most ${BUNDLE_LIMITS.documentBytes} are read.`;
    return refuse('bundle.archive-too-large', reason, { path, lenBytes });
  } catch (error) {
    const errno = errnoOf(error);
    return refuse('bundle.file-unreadable', `The document ${path} cannot be read (${errno}).`, { path, errno });
  }
}
