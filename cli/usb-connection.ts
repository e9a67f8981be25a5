import { usb } from 'usb';
import { openVirtualBench } from '../simulator/virtual-bench.ts';
import type { StationOptions } from '../core/station.ts';
import { systemClock } from '../core/system-clock.ts';

/** The USB that the station works with: the machine's own, or a virtual bench in a folder. */
export interface UsbConnection {
  readonly backend: StationOptions['usb'];
  readonly virtual: boolean;
  close(): Promise<void>;
}

/** Connects to the machine's USB, or to the virtual units in `virtualBench` (training). Throws where another program holds that folder. */
export function connectUsb(virtualBench: string | undefined): UsbConnection {
  if (virtualBench === undefined) return { backend: usb, virtual: false, close: () => Promise.resolve() };
  const bench = openVirtualBench({ clock: systemClock, folder: virtualBench, leaveMs: 200, returnMs: 500 });
  return { backend: bench.bus, virtual: true, close: () => bench.close() };
}
