import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { SBOM_MEDIA_TYPE } from '../../../contract/schema/bundle.ts';
import type { Manifest, ManifestDocument } from '../../../contract/schema/bundle.ts';
import type { DocumentView } from '../../../contract/schema/bundle-document.ts';
import { DOCUMENT_FOLDER } from '../archive/entry-name.ts';
import type { BundleStore } from '../bundle-store.ts';
import { BUNDLE_LIMITS } from '../limits.ts';
import { errnoOf } from '../storage-fault.ts';
import { writeNewFile } from '../write-file.ts';
import { readSbomInWorker } from './document-thread.ts';

/** How much of a text is shown to whoever approves; the rest is read in the file itself. */
const BEGINNING_CHARACTERS = 2000;

export interface ExportedDocument {
  readonly path: string;
  readonly lenBytes: number;
  readonly sha256: string;
}

/** Describes a bundle's documents from their stored bytes, hashed again. Refuses `bundle.stored-missing`, `bundle.stored-damaged`, `station.storage-failed`. */
export async function describeDocuments(
  { documents = [] }: Manifest,
  store: BundleStore,
): Promise<Result<readonly DocumentView[]>> {
  const views: DocumentView[] = [];
  for (const document of documents) {
    const bytes = await readStored(document, store);
    if (!bytes.ok) return bytes;
    const sbom =
      document.mediaType === SBOM_MEDIA_TYPE ? await readSbomInWorker(bytes.value, document.file) : accept(null);
    if (!sbom.ok) return sbom;
    views.push({ document, sbom: sbom.value, beginning: beginningOf(document, bytes.value) });
  }
  return accept(views);
}

/**
 * Writes a document into a folder under its own name, once its stored bytes were hashed again. Refuses
 * `bundle.document-unknown`, `bundle.stored-missing`, `bundle.stored-damaged`, `bundle.output-exists`, `bundle.output-failed`.
 */
export async function exportDocument(
  { documents = [] }: Manifest,
  wanted: { readonly file: string; readonly folder: string },
  store: BundleStore,
): Promise<Result<ExportedDocument>> {
  const document = documents.find(({ file }) => file === wanted.file);
  if (document === undefined) {
    const known = documents.map(({ file }) => file).join(', ') || 'none';
    const reason = `The bundle has no document ${JSON.stringify(wanted.file)}; it has ${known}.`;
    return refuse('bundle.document-unknown', reason, { file: wanted.file });
  }
  const bytes = await readStored(document, store);
  if (!bytes.ok) return bytes;
  const path = join(wanted.folder, document.file.slice(DOCUMENT_FOLDER.length));
  const written = await writeOut(path, bytes.value);
  return written.ok ? accept({ path, lenBytes: document.len, sha256: document.hash }) : written;
}

function readStored({ hash, len }: ManifestDocument, store: BundleStore): Promise<Result<Buffer>> {
  return store.read({ sha256: hash, lenBytes: len }, BUNDLE_LIMITS.documentBytes);
}

function beginningOf({ mediaType }: ManifestDocument, bytes: Buffer): DocumentView['beginning'] {
  if (!mediaType.startsWith('text/')) return null;
  const text = bytes.toString('utf8');
  return {
    text: text.slice(0, BEGINNING_CHARACTERS).toWellFormed(),
    isWhole: text.length <= BEGINNING_CHARACTERS,
  };
}

async function writeOut(path: string, bytes: Uint8Array): Promise<Result<void>> {
  try {
    await writeNewFile(path, bytes);
    return accept(undefined);
  } catch (error) {
    const errno = errnoOf(error);
    if (errno === 'EEXIST') {
      return refuse('bundle.output-exists', `${path} exists already; choose another folder.`, { path });
    }
    if (!(error instanceof Error && ('syscall' in error || 'code' in error))) throw error;
    // Half a document would be taken for the whole one.
    rmSync(path, { force: true });
    return refuse('bundle.output-failed', `${path} cannot be written (${errno}).`, { errno });
  }
}
