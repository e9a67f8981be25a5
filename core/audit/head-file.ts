import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeFileDurably } from './durable-file.ts';

/** Keeps the newest checkpoint outside the database, so that a database cut short does not go unseen. */
export interface HeadFile {
  /** Null where there is no head yet. */
  read(): Uint8Array | null;
  write(note: string): void;
}

/** The head as the file `<folder>/audit-head`. */
export function createHeadFile(folder: string): HeadFile {
  const path = join(folder, 'audit-head');
  return {
    read: () => readIfPresent(path),
    write: (note) => writeFileDurably(path, note),
  };
}

/** A file's bytes, or null where it does not exist. */
export function readIfPresent(path: string): Uint8Array | null {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
