import type { Cell } from './cell.ts';
import type { SeenDownload } from './timed-device.ts';

/** What one host needed for the units of a cell. */
export interface HostTime {
  /** First block of the first unit to the end of the last unit. For a host that takes them one after another: the sum of the downloads alone. */
  readonly ms: number;
  /** Control transfers for one unit. */
  readonly transfers: number;
}

export interface Measurement {
  readonly cell: Cell;
  readonly station: readonly HostTime[];
  /** Empty where dfu-util was not there to be measured. */
  readonly dfuUtil: readonly HostTime[];
}

/** Of units that were downloaded to at the same time. Throws where one of them has not had all bytes. */
export function measureTogether(cell: Cell, seen: readonly SeenDownload[]): HostTime {
  checkBytes(cell, seen);
  const beginMs = Math.min(...seen.map((download) => download.beginMs));
  const endMs = Math.max(...seen.map((download) => download.endMs));
  return { ms: endMs - beginMs, transfers: mostTransfers(seen) };
}

/** Of units that were downloaded to one after another, without what passed between them. */
export function measureInTurn(cell: Cell, seen: readonly SeenDownload[]): HostTime {
  checkBytes(cell, seen);
  const ms = seen.reduce((sum, { beginMs, endMs }) => sum + endMs - beginMs, 0);
  return { ms, transfers: mostTransfers(seen) };
}

function mostTransfers(seen: readonly SeenDownload[]): number {
  return Math.max(...seen.map(({ transfers }) => transfers));
}

function checkBytes({ imageBytes, units }: Cell, seen: readonly SeenDownload[]): void {
  if (seen.length !== units) throw new Error(`${seen.length} downloads for ${units} units`);
  for (const { bytes } of seen) {
    if (bytes !== imageBytes) throw new Error(`a unit has had ${bytes} of ${imageBytes} bytes`);
  }
}
