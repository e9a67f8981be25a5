import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { RefusalError, accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import { errnoOf } from '../storage-fault.ts';
import { readInto } from './archive-file.ts';
import type { ArchiveFile } from './archive-file.ts';
import type { LocatedEntry } from './data-layout.ts';

const CHUNK_BYTES = 1 << 20;

/**
 * Unpacks an entry in chunks of at most 1 MiB and never beyond its declared length. A chunk is valid until the next one is
 * asked for. After the last one, length and checksum were found right.
 *
 * The iteration throws a `RefusalError`: `bundle.archive-damaged`, `bundle.archive-crc`, `bundle.file-unreadable`.
 */
export async function* readEntryData(file: ArchiveFile, entry: LocatedEntry): AsyncGenerator<Buffer, void, undefined> {
  let doneBytes = 0;
  let checksum = 0;
  for await (const chunk of entry.method === 'stored' ? readStored(file, entry) : inflateEntry(file, entry)) {
    doneBytes += chunk.length;
    if (doneBytes > entry.lenBytes) throw new RefusalError(refuseLength(entry));
    checksum = crc32(chunk, checksum);
    yield chunk;
  }
  if (doneBytes !== entry.lenBytes) throw new RefusalError(refuseLength(entry));
  if (checksum !== entry.crc32) throw new RefusalError(refuseChecksum(entry));
}

/** Reads an entry to its end for nothing but its checksum; null where this copy of it is not damaged. */
export async function findDamage(file: ArchiveFile, entry: LocatedEntry): Promise<Refusal | null> {
  const chunks = readEntryData(file, entry);
  try {
    while ((await chunks.next()).done !== true);
    return null;
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  }
}

/** Reads a small entry whole; its length was bounded when the directory was read. Refuses as {@link readEntryData} throws. */
export async function readWholeEntry(file: ArchiveFile, entry: LocatedEntry): Promise<Result<Buffer>> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of readEntryData(file, entry)) chunks.push(Buffer.from(chunk));
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  }
  return accept(Buffer.concat(chunks));
}

function readStored(file: ArchiveFile, entry: LocatedEntry): AsyncIterable<Buffer> {
  const buffer = Buffer.allocUnsafe(Math.min(CHUNK_BYTES, entry.packedBytes));
  return readPacked(file, entry, (lenBytes) => buffer.subarray(0, lenBytes));
}

/** The entry's packed bytes in pieces; `allocate` decides whether a piece may be overwritten by the next one. */
async function* readPacked(
  file: ArchiveFile,
  entry: LocatedEntry,
  allocate: (lenBytes: number) => Buffer,
): AsyncGenerator<Buffer, void, undefined> {
  for (let done = 0; done < entry.packedBytes;) {
    const chunk = allocate(Math.min(CHUNK_BYTES, entry.packedBytes - done));
    const read = await readInto(file, entry.dataAt + done, chunk);
    if (!read.ok) throw new RefusalError(read);
    done += chunk.length;
    yield chunk;
  }
}

async function* inflateEntry(file: ArchiveFile, entry: LocatedEntry): AsyncGenerator<Buffer, void, undefined> {
  const inflate = createInflateRaw({ chunkSize: CHUNK_BYTES });
  const packed = Readable.from(
    readPacked(file, entry, (lenBytes) => Buffer.allocUnsafe(lenBytes)),
    { objectMode: true, highWaterMark: 1 },
  );
  packed.on('error', (error) => inflate.destroy(error));
  packed.pipe(inflate);
  try {
    for await (const chunk of inflate) yield chunk as Buffer;
  } catch (error) {
    // zlib's own faults are the archive's; ours came through as they are.
    if (errnoOf(error).startsWith('Z_')) throw new RefusalError(refuseLength(entry), { cause: error });
    throw error;
  } finally {
    packed.destroy();
  }
  // Bytes after the end of the deflate stream would be a second, hidden content.
  if (inflate.bytesWritten !== entry.packedBytes) throw new RefusalError(refuseLength(entry));
}

function refuseLength(entry: LocatedEntry): Refusal {
  const reason = `${entry.name} does not unpack to the ${entry.lenBytes} bytes that the archive declares.`;
  return refuse('bundle.archive-damaged', reason, { name: entry.name });
}

/** The archive's own checksum failed: the copy is damaged, which says nothing of its vendor. */
function refuseChecksum(entry: LocatedEntry): Refusal {
  const reason = `${entry.name} does not have the archive's checksum: this copy of the bundle is damaged, copy it again.`;
  return refuse('bundle.archive-crc', reason, { name: entry.name });
}
