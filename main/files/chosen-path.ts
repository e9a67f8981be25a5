import { stat } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import { accept, refuse, type Result } from '../../contract/result.ts';
import type { FilePurpose } from '../../contract/window/file-purpose.ts';

const folders: ReadonlySet<FilePurpose> = new Set(['export-folder', 'data-folder']);

/** True where a folder is chosen, and not a file. */
export function isFolderPurpose(purpose: FilePurpose): boolean {
  return folders.has(purpose);
}

/** Length of a chosen file, null of a chosen folder. Refuses with `station.file-unreadable` what is neither there nor of the kind that is asked for. */
export async function checkChosenPath(path: string, purpose: FilePurpose): Promise<Result<number | null>> {
  const wanted = isFolderPurpose(purpose) ? 'folder' : 'file';
  const name = basename(path);
  if (!isAbsolute(path) || path.includes('\0')) {
    return refuse('station.file-unreadable', `What was chosen is not a ${wanted} on this machine.`);
  }
  try {
    const found = await stat(path);
    if (wanted === 'folder' ? found.isDirectory() : found.isFile())
      return accept(wanted === 'folder' ? null : found.size);
    return refuse('station.file-unreadable', `${name} is not a ${wanted}.`);
  } catch {
    return refuse('station.file-unreadable', `${name} cannot be read; is the medium still there?`);
  }
}
