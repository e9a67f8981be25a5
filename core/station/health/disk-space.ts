import { statfsSync } from 'node:fs';

export interface DiskSpace {
  /** What this account may still fill. */
  readonly freeBytes: number;
  readonly totalBytes: number;
}

/** How much room the disk of a folder has; null where it does not say. */
export type DiskMeter = (folder: string) => DiskSpace | null;

/** As the operating system says. */
export function measureDisk(folder: string): DiskSpace | null {
  try {
    const { bavail, blocks, bsize } = statfsSync(folder);
    return { freeBytes: bavail * bsize, totalBytes: blocks * bsize };
  } catch {
    // Some network file systems do not tell; that is no fault of the station's, and the check says that it is not known.
    return null;
  }
}
