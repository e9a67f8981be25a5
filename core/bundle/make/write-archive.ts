import { createWriteStream, existsSync, renameSync, rmSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { RefusalError, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { errnoOf } from '../storage-fault.ts';

/** One file to put into an archive. */
export interface ArchivePart {
  readonly name: string;
  readonly lenBytes: number;
  open(): AsyncIterable<Uint8Array>;
}

/**
 * Writes a new archive with the parts stored in the given order. The file appears under its name only when it is complete,
 * and `check` has accepted it.
 *
 * Refuses `bundle.output-exists`, `bundle.output-failed`, and whatever a part or `check` refuses with.
 */
export async function writeArchive<T>(
  out: string,
  parts: readonly ArchivePart[],
  check: (path: string) => Promise<Result<T>>,
): Promise<Result<T>> {
  if (existsSync(out)) return refuse('bundle.output-exists', `${out} exists already; choose another name.`, { out });
  const partial = `${out}.partial`;
  try {
    await writeParts(partial, parts);
    const checked = await check(partial);
    if (checked.ok) renameSync(partial, out);
    return checked;
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    if (!(error instanceof Error && 'syscall' in error)) throw error;
    return refuse('bundle.output-failed', `${out} cannot be written (${errnoOf(error)}).`, { errno: errnoOf(error) });
  } finally {
    rmSync(partial, { force: true });
  }
}

/** The same parts give the same bytes on every machine: no clock, time zone, user or file mode goes into the archive. */
async function writeParts(path: string, parts: readonly ArchivePart[]): Promise<void> {
  // The archive keeps local time without its zone, so the constant is a local one.
  const constants = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true, mode: 0o100644, compress: false };
  const zip = new ZipFile();
  const sources: Readable[] = [];
  const stop = new AbortController();
  let failure: unknown = null;
  const fail = (error: unknown): void => {
    failure ??= error;
    stop.abort();
  };
  zip.on('error', fail);
  for (const part of parts) {
    zip.addReadStreamLazy(part.name, { ...constants, size: part.lenBytes }, (give) => {
      const source = Readable.from(part.open());
      sources.push(source);
      // yazl pipes, and a pipe does not carry errors.
      source.on('error', fail);
      give(null, source);
    });
  }
  zip.end();
  try {
    const file = createWriteStream(path, { flags: 'w', mode: 0o644, flush: true });
    await pipeline(zip.outputStream, file, { signal: stop.signal });
  } catch (error) {
    throw failure ?? error;
  } finally {
    for (const source of sources) source.destroy();
  }
}

/** A part that is already in memory. */
export function partOf(name: string, bytes: Uint8Array): ArchivePart {
  return { name, lenBytes: bytes.length, open: () => Readable.from([bytes]) };
}
