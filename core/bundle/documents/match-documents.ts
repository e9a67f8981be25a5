import { accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { Manifest, ManifestDocument } from '../../../contract/schema/bundle.ts';
import type { LocatedEntry } from '../archive/data-layout.ts';
import { DOCUMENT_FOLDER } from '../archive/entry-name.ts';
import { matchListed, type ListedFolder } from '../match-listed.ts';

/** One document of the manifest with its file in the archive. */
export interface ListedDocument {
  readonly document: ManifestDocument;
  readonly entry: LocatedEntry;
}

const documentFolder: ListedFolder = {
  folder: DOCUMENT_FOLDER,
  codes: {
    unlisted: 'bundle.document-unlisted',
    missing: 'bundle.document-missing',
    length: 'bundle.document-length',
  },
};

/** Matches the manifest's documents with the archive. Refuses as `matchListed`, with the codes `bundle.document-…`. */
export function matchDocuments(
  { documents = [] }: Manifest,
  entries: ReadonlyMap<string, LocatedEntry>,
): Result<readonly ListedDocument[]> {
  const matched = matchListed(documents, entries, documentFolder);
  return matched.ok ? accept(matched.value.map(({ listed, entry }) => ({ document: listed, entry }))) : matched;
}
