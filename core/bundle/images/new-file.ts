import { closeSync, constants, fsync, ftruncate, openSync, write } from 'node:fs';
import { promisify } from 'node:util';
import type { Result } from '../../../contract/result.ts';
import { errnoOf, tryOnDisk, waitForDisk } from '../storage-fault.ts';

/** Direct writes start, end and lie in memory on multiples of a disk's block; no disk in use has longer ones. */
const BLOCK_BYTES = 4096;

const writeAt = promisify(write);
const truncate = promisify(ftruncate);
const sync = promisify(fsync);

/**
 * A file that is written from its start to its end, past the system's page cache where the file system allows that (Linux,
 * O_DIRECT): gigabytes then displace nothing there, and at the end little is left to wait for. Every write goes on beside
 * the caller's work. The caller closes it.
 */
export class NewFile {
  readonly #fd: number;
  #directFd: number | null;
  #lenBytes = 0;

  private constructor(fd: number, directFd: number | null) {
    this.#fd = fd;
    this.#directFd = directFd;
  }

  /** Makes the file. Refuses `station.disk-full`, `station.storage-failed`; also where it exists. */
  static create(path: string): Result<NewFile> {
    return tryOnDisk(() => new NewFile(openSync(path, 'wx', 0o600), openDirect(path)));
  }

  /**
   * Appends the first `lenBytes` of a buffer of {@link blockBuffers}; only the last write may be of less than the whole. The
   * bytes behind them are overwritten, and the buffer is the file's until the promise is settled. Never rejects for a fault
   * of the disk; refuses `station.disk-full`, `station.storage-failed`.
   */
  append(buffer: Buffer, lenBytes: number): Promise<Result<void>> {
    const at = this.#lenBytes;
    this.#lenBytes += lenBytes;
    return waitForDisk(this.#write(buffer, lenBytes, at));
  }

  /** Makes what was appended durable (fsync), once every write is settled. Refuses as {@link append}. */
  finish(): Promise<Result<void>> {
    return waitForDisk(truncate(this.#fd, this.#lenBytes).then(() => sync(this.#fd)));
  }

  close(): void {
    this.#closeDirect();
    closeSync(this.#fd);
  }

  async #write(buffer: Buffer, lenBytes: number, at: number): Promise<void> {
    if (this.#directFd !== null) {
      const wholeBlocks = Math.ceil(lenBytes / BLOCK_BYTES) * BLOCK_BYTES;
      try {
        await writeFully(this.#directFd, buffer.fill(0, lenBytes, wholeBlocks).subarray(0, wholeBlocks), at);
        return;
      } catch (error) {
        // The disk asks for more than whole blocks: it gets the bytes through the cache, as every other program's.
        if (errnoOf(error) !== 'EINVAL') throw error;
      }
    }
    await writeFully(this.#fd, buffer.subarray(0, lenBytes), at);
  }

  #closeDirect(): void {
    if (this.#directFd !== null) closeSync(this.#directFd);
    this.#directFd = null;
  }
}

/** Buffers that a {@link NewFile} can write directly: of whole blocks, on the borders of memory pages. */
export function blockBuffers(count: number, lenBytes: number): Buffer[] {
  const stride = Math.ceil(lenBytes / BLOCK_BYTES) * BLOCK_BYTES;
  // V8 reserves whole pages for memory that could grow, and only for that.
  const memory = new ArrayBuffer(count * stride, { maxByteLength: count * stride });
  return Array.from({ length: count }, (_, index) => Buffer.from(memory, index * stride, stride));
}

/** Null where the system or the file system has no direct writes. */
function openDirect(path: string): number | null {
  // Not every system has it, whatever the types say.
  const direct: number | undefined = constants.O_DIRECT;
  if (!direct) return null;
  try {
    return openSync(path, constants.O_WRONLY | constants.O_NOFOLLOW | direct);
  } catch (error) {
    if (errnoOf(error) === 'EINVAL') return null;
    throw error;
  }
}

async function writeFully(fd: number, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length;) {
    done += (await writeAt(fd, bytes, done, bytes.length - done, at + done)).bytesWritten;
  }
}
