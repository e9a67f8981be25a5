import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { usb } from 'usb';
import { openVirtualBench, type VirtualBench } from '../simulator/virtual-bench.ts';
import type { StationOptions } from '../core/station.ts';
import { systemClock } from '../core/system-clock.ts';
import { UsageError } from './usage-error.ts';

/** The USB that the station works with: the machine's own, or a virtual bench in a folder. */
export interface UsbConnection {
  readonly backend: StationOptions['usb'];
  readonly virtual: boolean;
  close(): Promise<void>;
}

/** Connects to the machine's USB, or to the virtual units in `virtualBench` (training). Throws `UsageError` where that folder cannot be used. */
export function connectUsb(virtualBench: string | undefined): UsbConnection {
  if (virtualBench === undefined) return { backend: usb, virtual: false, close: () => Promise.resolve() };
  // A mistyped folder would otherwise be an empty bench.
  if (!existsSync(join(virtualBench, 'units'))) {
    throw new UsageError(
      `There is no virtual bench in ${virtualBench}; make one with: drydock simulator create ${virtualBench}`,
    );
  }
  const bench = openBench(virtualBench);
  return { backend: bench.bus, virtual: true, close: () => bench.close() };
}

function openBench(folder: string): VirtualBench {
  try {
    return openVirtualBench({ clock: systemClock, folder, leaveMs: 200, returnMs: 500 });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`The virtual bench in ${folder} cannot be used: ${why}.`, { cause: error });
  }
}
