import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accept, refuse, type Result } from '../../contract/result.ts';
import type { ReportFile } from '../../contract/schema/station.ts';
import { sha256Hex } from '../digest.ts';
import { syncFolder } from '../sync-folder.ts';

export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The two ways in which files come to be; a test puts a full disk in their place. */
export interface ReportDisk {
  /** Creates a file that must not exist yet, and makes it durable. */
  createFile(path: string, bytes: Uint8Array): void;
  rename(from: string, to: string): void;
}

const realDisk: ReportDisk = {
  createFile: (path, bytes) => writeFileSync(path, bytes, { flag: 'wx', mode: 0o644, flush: true }),
  rename: renameSync,
};

export interface WriteOptions {
  /** Says whether a file of other contents may be replaced. Without it none is. */
  readonly mayReplace?: (name: string) => boolean;
  readonly disk?: ReportDisk;
}

/** Longest file that is compared with what would be written; a longer one is another file anyway. */
const maxComparedLenBytes = 64 * 1024 * 1024;

/**
 * Puts a set of files into a folder: all are first written whole under temporary names, then renamed. Where that fails,
 * what this call created is removed again. Refuses with `station.file-exists`, `station.disk-full` or
 * `station.storage-failed`.
 */
export function writeReportFiles(
  folder: string,
  files: readonly NamedBytes[],
  { disk = realDisk, mayReplace = () => false }: WriteOptions = {},
): Result<readonly ReportFile[]> {
  const created: string[] = [];
  try {
    const due = files.filter(({ bytes, name }) => !holds(join(folder, name), bytes));
    for (const { name } of due) {
      if (!exists(join(folder, name)) || mayReplace(name)) continue;
      return refuse(
        'station.file-exists',
        `Another file called ${name} already stands in the folder; choose another folder.`,
        {
          name,
        },
      );
    }
    for (const { bytes, name } of due) {
      rmSync(temporaryPath(folder, name), { force: true });
      created.push(temporaryPath(folder, name));
      disk.createFile(temporaryPath(folder, name), bytes);
    }
    for (const { name } of due) {
      if (!exists(join(folder, name))) created.push(join(folder, name));
      disk.rename(temporaryPath(folder, name), join(folder, name));
    }
    syncFolder(folder);
  } catch (error) {
    for (const path of created) rmSync(path, { force: true });
    return describeFailure(error, folder);
  }
  return accept(files.map(({ bytes, name }) => ({ name, sha256: sha256Hex(bytes), lenBytes: bytes.byteLength })));
}

function temporaryPath(folder: string, name: string): string {
  return join(folder, `.${name}.new`);
}

/** True also for a link that leads nowhere: it is not ours to write through. */
function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function holds(path: string, bytes: Uint8Array): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || !found.isFile() || found.size > maxComparedLenBytes) return false;
  return readFileSync(path).equals(bytes);
}

/** Rethrows what is no failure of the file system: that is a bug. */
function describeFailure(error: unknown, folder: string): Result<never> {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') throw error;
  if (error.code === 'ENOSPC' || error.code === 'EDQUOT') {
    return refuse('station.disk-full', `The disk of the folder ${folder} is full; nothing was left there.`, {
      cause: error.code,
    });
  }
  const reason = `The files cannot be written to the folder ${folder} (${error.code}); nothing was left there.`;
  return refuse('station.storage-failed', reason, { cause: error.code });
}
