import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs';

/** Writes a new file and makes its bytes durable. Throws on I/O errors, and where the file exists. */
export function writeNewFile(path: string, bytes: Uint8Array): void {
  const fd = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(fd, bytes);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
