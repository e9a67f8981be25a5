import { closeSync } from 'node:fs';
import { fromFdPromise } from 'yauzl';
import { accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import { BUNDLE_LIMITS } from '../limits.ts';
import { readArchiveEntry } from './archive-entry.ts';
import type { ArchiveEntry } from './archive-entry.ts';
import { openArchiveFile } from './archive-file.ts';
import type { ArchiveFile } from './archive-file.ts';
import { locateEntries } from './data-layout.ts';
import type { LocatedEntry } from './data-layout.ts';
import { readWholeEntry } from './entry-data.ts';
import { readEndOfDirectory } from './end-of-directory.ts';
import type { DirectorySpan } from './end-of-directory.ts';

/** An open archive whose directory passed every check; none of its contents was unpacked yet. */
export interface Archive {
  readonly file: ArchiveFile;
  /** By name, in the order of the data. */
  readonly entries: ReadonlyMap<string, LocatedEntry>;
  /** Reads a small entry whole (manifest, signature). Refuses `bundle.archive-damaged`, `bundle.archive-crc`, `bundle.file-unreadable`. */
  readSmall(entry: LocatedEntry): Promise<Result<Buffer>>;
  close(): void;
}

/**
 * Opens a bundle's archive and checks all of its structure before anything is unpacked: bounds, names, kinds, and that
 * every byte belongs to exactly one entry. Never throws for what the file holds.
 *
 * Refuses with `bundle.file-…` or `bundle.archive-…`. The caller closes what it was given.
 */
export async function openArchive(path: string): Promise<Result<Archive>> {
  const opened = openArchiveFile(path);
  if (!opened.ok) return opened;
  const file = opened.value;
  let entries: Result<readonly LocatedEntry[]> | null = null;
  try {
    entries = await readStructure(file);
  } finally {
    if (!entries?.ok) closeSync(file.fd);
  }
  if (!entries.ok) return entries;
  return accept({
    file,
    entries: new Map(entries.value.map((entry) => [entry.name, entry])),
    readSmall: (entry) => readWholeEntry(file, entry),
    close: () => closeSync(file.fd),
  });
}

async function readStructure(file: ArchiveFile): Promise<Result<readonly LocatedEntry[]>> {
  const directory = await readEndOfDirectory(file);
  if (!directory.ok) return directory;
  const entries = await readDirectory(file, directory.value);
  if (!entries.ok) return entries;
  const refusal = checkDuplicates(entries.value) ?? checkTotal(entries.value);
  if (refusal) return refusal;
  return locateEntries(file, entries.value, directory.value);
}

async function readDirectory(file: ArchiveFile, directory: DirectorySpan): Promise<Result<readonly ArchiveEntry[]>> {
  const entries: ArchiveEntry[] = [];
  let lenBytes = 0;
  try {
    // Names stay raw bytes: yauzl would translate them (backslashes, code pages) before our grammar sees them.
    const zip = await fromFdPromise(file.fd, { autoClose: false, decodeStrings: false, validateEntrySizes: false });
    if (zip.entryCount !== directory.entryCount) return refuseDirectory('its two counts of files differ');
    for await (const raw of zip.eachEntry()) {
      lenBytes += 46 + raw.fileNameLength + raw.extraFieldLength + raw.fileCommentLength;
      const entry = readArchiveEntry(raw);
      if (!entry.ok) return entry;
      entries.push(entry.value);
    }
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return refuseDirectory(error.message);
  }
  if (lenBytes !== directory.lenBytes)
    return refuseDirectory(`it is ${lenBytes} bytes long, not ${directory.lenBytes}`);
  return accept(entries);
}

/** Names that differ in case only would be one file on many disks. */
function checkDuplicates(entries: readonly ArchiveEntry[]): Refusal | null {
  const seen = new Set<string>();
  for (const { name } of entries) {
    const folded = name.toLowerCase();
    if (seen.has(folded)) {
      return refuse(
        'bundle.archive-duplicate',
        `The archive holds ${name} twice (upper and lower case count as one).`,
        {
          name,
        },
      );
    }
    seen.add(folded);
  }
  return null;
}

function checkTotal(entries: readonly ArchiveEntry[]): Refusal | null {
  const total = entries.reduce((sum, entry) => sum + entry.lenBytes, 0);
  if (total <= BUNDLE_LIMITS.unpackedBytes) return null;
  const reason = `The archive would unpack to ${total} bytes, at most ${BUNDLE_LIMITS.unpackedBytes} are allowed.`;
  return refuse('bundle.archive-too-large', reason, { unpackedBytes: total });
}

function refuseDirectory(why: string): Refusal {
  return refuse('bundle.archive-damaged', `The archive's directory is damaged: ${why}.`);
}
