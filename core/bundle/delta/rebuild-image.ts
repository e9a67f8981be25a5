import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, fsyncSync, openSync, readSync, writeSync } from 'node:fs';
import { RefusalError, accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { ImageDelta, ManifestImage } from '../../../contract/schema/bundle.ts';
import { sha256Hex } from '../../digest.ts';
import type { ArchiveFile } from '../archive/archive-file.ts';
import type { LocatedEntry } from '../archive/data-layout.ts';
import { readWholeEntry } from '../archive/entry-data.ts';
import { tryOnDisk } from '../storage-fault.ts';
import { applyDelta } from './apply-delta.ts';

/** A delta in an archive, its base in a file, and where the result goes. */
export interface ImageToRebuild {
  readonly file: ArchiveFile;
  /** The delta's entry, of the length that the manifest says. */
  readonly entry: LocatedEntry;
  readonly image: ManifestImage;
  readonly basePath?: string;
  /** Path of the new file in quarantine. */
  readonly target: string;
}

/**
 * Applies an image's delta into a new file, which is on the disk (fsync) when this returns; on a refusal an unfinished file may be
 * left, for the caller to remove with its folder. Delta and base are hashed as they lie in memory, so that what was checked is
 * what is used.
 *
 * Answers the result's SHA-256 in hex. Refuses `bundle.delta-hash`, `bundle.delta-damaged`, `bundle.delta-base-unsuitable`,
 * `bundle.stored-damaged`, `station.disk-full`, `station.storage-failed`, or as `readEntryData` throws.
 */
export async function rebuildImage(
  { file, entry, image, basePath, target }: ImageToRebuild,
  { file: name, hash, base: { hash: baseHash, len } }: ImageDelta,
  progress: (doneBytes: number) => void,
): Promise<Result<string>> {
  if (basePath === undefined) throw new Error(`${name} is to be applied without a base`);
  const delta = await readWholeEntry(file, entry);
  if (!delta.ok) return delta;
  const found = sha256Hex(delta.value);
  if (found !== hash) {
    const reason = `${name} has the SHA-256 ${found}, manifest.json says ${hash}.`;
    return refuse('bundle.delta-hash', reason, { file: name, hash: found, expected: hash });
  }
  const base = tryOnDisk(() => readBase(basePath, len));
  if (!base.ok) return base;
  if (base.value === null || sha256Hex(base.value) !== baseHash) {
    const reason = `The base ${baseHash} of ${name} was changed or damaged on the disk; import its bundle again.`;
    return refuse('bundle.stored-damaged', reason, { sha256: baseHash });
  }
  const input = { file: name, base: base.value, delta: delta.value, lenBytes: image.len };
  return writeNew(target, applyDelta(input), progress);
}

/** Null where the file is not of that length. */
function readBase(path: string, lenBytes: number): Buffer | null {
  const fd = openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile() || stat.size !== lenBytes) return null;
    const bytes = Buffer.allocUnsafe(lenBytes);
    for (let done = 0; done < lenBytes;) {
      const count = readSync(fd, bytes, done, lenBytes - done, done);
      if (count === 0) return null;
      done += count;
    }
    return bytes;
  } finally {
    closeSync(fd);
  }
}

async function writeNew(
  target: string,
  chunks: AsyncIterable<Uint8Array>,
  progress: (doneBytes: number) => void,
): Promise<Result<string>> {
  const opened = tryOnDisk(() => openSync(target, 'wx', 0o600));
  if (!opened.ok) return opened;
  const hash = createHash('sha256');
  let doneBytes = 0;
  try {
    for await (const chunk of chunks) {
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
