import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';
import { accept, refuse, type Result } from '../../contract/result.ts';

/** Reads a small file that a person chose, and no more than `maxBytes` of it. Refuses with `station.file-unreadable`. */
export function readBoundedFile(path: string, maxBytes: number, what: string): Result<Buffer> {
  let fd: number;
  try {
    fd = openSync(path, 'r');
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault';
    return refuse('station.file-unreadable', `${what} cannot be read from the file (${why}).`);
  }
  try {
    const stat = fstatSync(fd);
    if (!stat.isFile()) return refuse('station.file-unreadable', `${what} must be an ordinary file.`);
    if (stat.size > maxBytes) {
      return refuse('station.file-unreadable', `${what} has ${stat.size} bytes; at most ${maxBytes} are read.`);
    }
    return accept(readFileSync(fd));
  } finally {
    closeSync(fd);
  }
}
