import { mkdirSync, rmSync, statfsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RandomBytes } from '../ports.ts';

/** `<data>/quarantine`: where an import's files lie until every check has passed. */
export interface Quarantine {
  /** Makes a fresh folder for one import and answers its path. Throws on I/O errors. */
  open(): string;
  /** Bytes that the disk behind it has left for this program. */
  freeBytes(): number;
  /** Removes a folder that {@link open} made, with all that is in it. The disk takes its time to free gigabytes. */
  discard(folder: string): Promise<void>;
  /** Removes whatever a crash left behind; called once at start, before any import. */
  empty(): void;
}

export function createQuarantine(dataFolder: string, randomBytes: RandomBytes): Quarantine {
  const root = join(dataFolder, 'quarantine');
  return {
    open() {
      const folder = join(root, Buffer.from(randomBytes(16)).toString('hex'));
      mkdirSync(root, { recursive: true, mode: 0o700 });
      mkdirSync(folder, { mode: 0o700 });
      return folder;
    },
    freeBytes() {
      const { bavail, bsize } = statfsSync(root);
      return bavail * bsize;
    },
    discard: (folder) => rm(folder, { recursive: true, force: true }),
    empty() {
      rmSync(root, { recursive: true, force: true });
      mkdirSync(root, { recursive: true, mode: 0o700 });
    },
  };
}
