import { accessSync, constants, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { UsageError } from './usage-error.ts';

/** Keys, certificates and descriptions are far smaller. */
const MOST_BYTES = 16 * 1024 * 1024;

/** Reads a file that stands on the command line. What is wrong with it is an error of the command line, which names the file. */
export function readGivenFile(path: string, mostBytes = MOST_BYTES): Buffer {
  const lenBytes = expectGivenFile(path);
  if (lenBytes > mostBytes)
    throw new UsageError(`The file ${path} has ${lenBytes} bytes; at most ${mostBytes} are read.`);
  return readFileSync(path);
}

/** Sees to it, before anything is tried or logged, that a file of the command line can be read. Returns its length in bytes. */
export function expectGivenFile(path: string): number {
  try {
    const stat = statSync(path);
    // A pipe or a device could keep us waiting for ever.
    if (!stat.isFile()) throw new UsageError(`${path} is not an ordinary file.`);
    accessSync(path, constants.R_OK);
    return stat.size;
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`The file ${path} cannot be read: ${describeFileFault(error)}.`, { cause: error });
  }
}

/** Writes a new file; one that is there already is never overwritten. */
export function writeNewFile(path: string, content: string | Uint8Array): void {
  try {
    writeFileSync(path, content, { flag: 'wx' });
  } catch (error) {
    throw new UsageError(`The file ${path} cannot be written: ${describeFileFault(error)}.`, { cause: error });
  }
}

/** Makes a folder that stands on the command line, and those above it, where they are missing. */
export function makeGivenFolder(path: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new UsageError(`The folder ${path} cannot be made: ${describeFileFault(error)}.`, { cause: error });
  }
}

/** What the system says of a file, in words; the system's own name where there are none. Throws what is no fault of a file. */
export function describeFileFault(error: unknown): string {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) throw error;
  const code = String(error.code);
  return faultWords[code] ?? code;
}

const faultWords: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'you may not use it (EACCES)',
  EPERM: 'you may not use it (EPERM)',
  EROFS: 'the disk is read-only',
  ENOSPC: 'the disk is full',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EEXIST: 'it is there already; give another name',
  ENAMETOOLONG: 'the name is too long',
};
