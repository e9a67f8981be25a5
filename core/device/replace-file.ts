import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { syncFolder } from '../sync-folder.ts';

/**
 * Writes a text file durably; others read it (0644) unless `mode` says otherwise. Whoever looks meanwhile sees the old one or the
 * new one, never a part. Throws the file system's error, and then leaves the old one.
 */
export function writeFileReplacing(path: string, text: string, mode = 0o644): void {
  const temporary = `${path}.new`;
  rmSync(temporary, { force: true });
  writeFileSync(temporary, text, { flag: 'wx', mode, flush: true });
  try {
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncFolder(dirname(path));
}
