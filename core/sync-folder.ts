import { closeSync, fsyncSync, openSync } from 'node:fs';

/** Makes renames in a folder durable (fsync of the folder). Windows has no such call; NTFS journals the rename itself. */
export function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const fd = openSync(folder, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
