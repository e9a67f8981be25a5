import { closeSync, openSync, readSync } from 'node:fs';
import type { ImageReader } from '../../mcuboot/image-source.ts';

/** Opens a file for random access while `work` runs. Throws on I/O errors, and where the file is shorter than `lenBytes`. */
export function withFileReader<T>(path: string, lenBytes: number, work: (reader: ImageReader) => T): T {
  const fd = openSync(path, 'r');
  try {
    return work({ lenBytes, read: (offset, wantedBytes) => readAt(fd, offset, wantedBytes) });
  } finally {
    closeSync(fd);
  }
}

function readAt(fd: number, offset: number, lenBytes: number): Buffer {
  const bytes = Buffer.alloc(lenBytes);
  for (let done = 0; done < lenBytes;) {
    const count = readSync(fd, bytes, done, lenBytes - done, offset + done);
    if (count === 0) throw new Error(`the file ended at byte ${offset + done}`);
    done += count;
  }
  return bytes;
}
