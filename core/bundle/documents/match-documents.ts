import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { Manifest, ManifestDocument } from '../../../contract/schema/bundle.ts';
import type { LocatedEntry } from '../archive/data-layout.ts';
import { DOCUMENT_FOLDER } from '../archive/entry-name.ts';

/** One document of the manifest with its file in the archive. */
export interface ListedDocument {
  readonly document: ManifestDocument;
  readonly entry: LocatedEntry;
}

/**
 * Matches the manifest's documents with the archive: each is listed once and present, with its length, and nothing else lies
 * under `documents/` (REQ-OTA-MAN-02). Refuses `bundle.manifest-duplicate-file`, `bundle.document-unlisted`,
 * `bundle.document-missing`, `bundle.document-length`.
 */
export function matchDocuments(
  { documents = [] }: Manifest,
  entries: ReadonlyMap<string, LocatedEntry>,
): Result<readonly ListedDocument[]> {
  const files = documents.map(({ file }) => file);
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) {
    return refuse('bundle.manifest-duplicate-file', `manifest.json lists ${twice} twice.`, { file: twice });
  }
  for (const name of entries.keys()) {
    if (name.startsWith(DOCUMENT_FOLDER) && !files.includes(name)) {
      const reason = `The archive holds ${name}, which manifest.json does not list.`;
      return refuse('bundle.document-unlisted', reason, { name });
    }
  }
  return matchEach(documents, entries);
}

function matchEach(
  documents: readonly ManifestDocument[],
  entries: ReadonlyMap<string, LocatedEntry>,
): Result<readonly ListedDocument[]> {
  const listed: ListedDocument[] = [];
  for (const document of documents) {
    const { file, len } = document;
    const entry = entries.get(file);
    if (!entry) {
      return refuse('bundle.document-missing', `manifest.json lists ${file}, which the archive does not hold.`, {
        file,
      });
    }
    if (entry.lenBytes !== len) {
      const reason = `${file} is ${entry.lenBytes} bytes long, manifest.json says ${len}.`;
      return refuse('bundle.document-length', reason, { file, lenBytes: entry.lenBytes, expected: len });
    }
    listed.push({ document, entry });
  }
  return accept(listed);
}
