import { accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { ArchiveFile } from '../archive/archive-file.ts';
import type { LocatedEntry } from '../archive/data-layout.ts';
import { feedEntry } from '../archive/entry-feed.ts';
import type { EntryFeed } from '../archive/entry-feed.ts';
import { NewFile, blockBuffers } from './new-file.ts';
import { PassingHash } from './passing-hash.ts';

/** Told how many bytes of the image are copied; never goes back. */
export type CopyProgress = (doneBytes: number) => void;

const CHUNK_BYTES = 4 << 20;
/** One is being filled, one hashed, two written: the disk then always has the next write before it has finished the last. */
const BUFFERS = 4;

/** Those of the last copy, for the next one: 64 images would leave 64 sets behind until memory is collected. */
let spareBuffers: readonly Buffer[] | null = null;

/**
 * Unpacks an entry into a new file and hashes it on the way: its bytes are read once, and those that are hashed are those that
 * are written. The file is on the disk (fsync) when this returns; on a refusal an unfinished file may be left, for the caller
 * to remove with its folder.
 *
 * Answers the SHA-256 in hex, for the caller to compare. Refuses as `feedEntry`, and `station.disk-full`,
 * `station.storage-failed`.
 */
export async function copyEntry(
  file: ArchiveFile,
  entry: LocatedEntry,
  target: string,
  progress: CopyProgress,
  hash = PassingHash.ofFile(),
): Promise<Result<string>> {
  const created = NewFile.create(target);
  if (!created.ok) return created;
  const feed = feedEntry(file, entry);
  try {
    const poured = await pour(feed, created.value, (chunk, doneBytes) => {
      hash.update(chunk);
      progress(doneBytes);
    });
    if (!poured.ok) return poured;
    const finished = await created.value.finish();
    return finished.ok ? accept(hash.digestHex()) : finished;
  } finally {
    await feed.end();
    created.value.close();
  }
}

/** Reads ahead and writes behind while `look` works on a chunk. Returns only when no read or write is under way. */
async function pour(
  feed: EntryFeed,
  file: NewFile,
  look: (chunk: Buffer, doneBytes: number) => void,
): Promise<Result<void>> {
  const memory = spareBuffers ?? blockBuffers(BUFFERS, CHUNK_BYTES);
  spareBuffers = null;
  const buffers = memory.map((bytes) => ({ bytes, written: writtenAlready }));
  let doneBytes = 0;
  let filling: Promise<Result<number>> | null = null;
  try {
    for (let turn = 0; ; turn++) {
      const [buffer, next] = [turn, turn + 1].map((index) => buffers[index % BUFFERS]);
      if (buffer === undefined || next === undefined) throw new Error('there are always four buffers');
      const filled: Result<number> = await (filling ?? feed.fill(buffer.bytes));
      if (!filled.ok) return filled;
      const free = await next.written;
      if (!free.ok) return free;
      if (filled.value === 0) break;
      filling = feed.fill(next.bytes);
      buffer.written = file.append(buffer.bytes, filled.value);
      doneBytes += filled.value;
      look(buffer.bytes.subarray(0, filled.value), doneBytes);
    }
  } finally {
    await Promise.all([filling, ...buffers.map(({ written }) => written)]);
    spareBuffers = memory;
  }
  const verdicts = await Promise.all(buffers.map(({ written }) => written));
  return verdicts.find((verdict) => !verdict.ok) ?? accept(undefined);
}

const writtenAlready: Promise<Result<void>> = Promise.resolve(accept(undefined));
