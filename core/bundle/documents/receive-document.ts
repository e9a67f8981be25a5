import type { Result } from '../../../contract/result.ts';
import type { ManifestDocument } from '../../../contract/schema/bundle.ts';
import type { ArchiveFile } from '../archive/archive-file.ts';
import type { LocatedEntry } from '../archive/data-layout.ts';
import { readWholeEntry } from '../archive/entry-data.ts';
import { waitForDisk } from '../storage-fault.ts';
import { writeNewFile } from '../write-file.ts';
import { checkDocument } from './check-document.ts';

/** One document to take out of an archive. Plain data, so that it can cross to a worker thread. */
export interface DocumentToReceive {
  readonly file: ArchiveFile;
  readonly entry: LocatedEntry;
  readonly document: ManifestDocument;
  /** Path of the new file in quarantine. */
  readonly target: string;
}

/**
 * Checks a document (at most 16 MiB, so that it is read whole) and copies it into quarantine. Refuses as `readWholeEntry` and
 * `checkDocument`, and with `station.disk-full`, `station.storage-failed`.
 */
export async function receiveDocument({ file, entry, document, target }: DocumentToReceive): Promise<Result<void>> {
  const bytes = await readWholeEntry(file, entry);
  if (!bytes.ok) return bytes;
  const checked = checkDocument(document, bytes.value);
  if (!checked.ok) return checked;
  return waitForDisk(writeNewFile(target, bytes.value));
}
