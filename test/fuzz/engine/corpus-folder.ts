import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export interface CorpusFile {
  readonly name: string;
  readonly input: Buffer;
}

/** Every file of a folder, shortest first; none where the folder is missing. */
export function readCorpus(folder: string): CorpusFile[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .sort()
    .map((name) => ({ name, input: readFileSync(join(folder, name)) }))
    .sort((a, b) => a.input.length - b.input.length);
}

/** Writes an input under a name made of its own bytes, so that none is kept twice; answers the path. */
export function writeCorpusFile(folder: string, input: Uint8Array): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, createHash('sha256').update(input).digest('hex').slice(0, 16));
  writeFileSync(path, input);
  return path;
}
