import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { RefusalError, accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { ArchiveFile } from '../archive/archive-file.ts';
import type { LocatedEntry } from '../archive/data-layout.ts';
import { readEntryData } from '../archive/entry-data.ts';
import { tryOnDisk } from '../storage-fault.ts';

/** Told how many bytes of the image are copied; never goes back. */
export type CopyProgress = (doneBytes: number) => void;

/**
 * Unpacks an entry into a new file and hashes it on the way: its bytes are read once. The file is on the disk (fsync) when
 * this returns; on a refusal an unfinished file may be left, for the caller to remove with its folder.
 *
 * Answers the SHA-256 in hex. Refuses as `readEntryData` throws, and `station.disk-full`, `station.storage-failed`.
 */
export async function copyEntry(
  file: ArchiveFile,
  entry: LocatedEntry,
  target: string,
  progress: CopyProgress,
): Promise<Result<string>> {
  const opened = tryOnDisk(() => openSync(target, 'wx', 0o600));
  if (!opened.ok) return opened;
  const hash = createHash('sha256');
  let doneBytes = 0;
  try {
    for await (const chunk of readEntryData(file, entry)) {
      const written = tryOnDisk(() => writeFully(opened.value, chunk));
      if (!written.ok) return written;
      hash.update(chunk);
      doneBytes += chunk.length;
      progress(doneBytes);
    }
    const synced = tryOnDisk(() => fsyncSync(opened.value));
    return synced.ok ? accept(hash.digest('hex')) : synced;
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  } finally {
    closeSync(opened.value);
  }
}

function writeFully(fd: number, bytes: Uint8Array): void {
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done);
}
