import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../sync-folder.ts';

/**
 * Writes a small file so that after a power loss it holds the old contents or the new, never a part (0600; temporary
 * file, fsync, rename, fsync of the folder). Throws the file system's error and then leaves the old file as it was.
 */
export function writeFileDurably(path: string, contents: string | Uint8Array): void {
  const temporary = `${path}.new`;
  rmSync(temporary, { force: true });
  try {
    writeFileSync(temporary, contents, { flag: 'wx', mode: 0o600, flush: true });
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}
