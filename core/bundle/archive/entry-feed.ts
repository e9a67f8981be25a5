import { RefusalError, accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { readInto } from './archive-file.ts';
import type { ArchiveFile } from './archive-file.ts';
import type { LocatedEntry } from './data-layout.ts';
import { readEntryData } from './entry-data.ts';

/** An entry's unpacked data, poured into buffers beside the caller's work. */
export interface EntryFeed {
  /**
   * Fills the buffer and answers how much was put into it: less than all of it at the end only, and then 0. Never rejects for
   * what an archive or its medium does; refuses as {@link readEntryData} throws.
   */
  fill(buffer: Buffer): Promise<Result<number>>;
  /** Called once, also after a refusal, when no `fill` is under way. */
  end(): Promise<void>;
}

/**
 * Feeds an entry. The checksum of a **stored** one is not computed: whoever takes its bytes knows the SHA-256 that they must
 * have, and where that differs `readEntryData` tells whether this copy is damaged.
 */
export function feedEntry(file: ArchiveFile, entry: LocatedEntry): EntryFeed {
  return entry.method === 'stored' ? feedStored(file, entry) : feedChunks(readEntryData(file, entry));
}

function feedStored(file: ArchiveFile, entry: LocatedEntry): EntryFeed {
  let done = 0;
  return {
    async fill(buffer) {
      const lenBytes = Math.min(buffer.length, entry.packedBytes - done);
      const position = entry.dataAt + done;
      done += lenBytes;
      const read = await readInto(file, position, buffer.subarray(0, lenBytes));
      return read.ok ? accept(lenBytes) : read;
    },
    end: () => Promise.resolve(),
  };
}

function feedChunks(chunks: AsyncGenerator<Buffer, void, undefined>): EntryFeed {
  let rest: Buffer = Buffer.alloc(0);
  const pour = async (buffer: Buffer): Promise<number> => {
    let filled = 0;
    while (filled < buffer.length) {
      if (rest.length === 0) {
        const next = await chunks.next();
        if (next.done === true) break;
        rest = next.value;
      }
      const count = rest.copy(buffer, filled);
      rest = rest.subarray(count);
      filled += count;
    }
    return filled;
  };
  return {
    async fill(buffer) {
      try {
        return accept(await pour(buffer));
      } catch (error) {
        if (error instanceof RefusalError) return error.refusal;
        throw error;
      }
    },
    async end() {
      await chunks.return();
    },
  };
}
