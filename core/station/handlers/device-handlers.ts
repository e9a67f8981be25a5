import { accept, type Result } from '../../../contract/result.ts';
import type { BenchUnit } from '../../../contract/schema/device.ts';
import type { BenchMap } from '../../device/bench-map.ts';
import type { DeviceBench } from '../../device/update-target.ts';
import type { UsbScanner } from '../../device/usb-scanner.ts';
import type { Handlers } from '../dispatch.ts';

export interface DeviceHandlerDeps {
  readonly scanner: UsbScanner;
  readonly bench: DeviceBench;
  readonly map: BenchMap;
}

/** What stands on the bench. */
export function createDeviceHandlers({
  scanner,
  bench,
  map,
}: DeviceHandlerDeps): Pick<Handlers, 'device.list' | 'device.watch' | 'device.read'> {
  const list = async (): Promise<Result<BenchUnit[]>> => {
    const units = await scanner.list();
    return units.ok ? accept([...units.value]) : units;
  };
  return {
    'device.list': list,
    'device.watch': async () => {
      scanner.start();
      const units = await list();
      // A machine whose USB comes later is watched for that: it is told by an event.
      return units.ok || units.code !== 'device.no-usb' ? units : accept([]);
    },
    'device.read': async ({ position: typed }) => {
      const position = map.resolve(typed);
      if (!position.ok) return position;
      const opened = await bench.open(position.value);
      if (!opened.ok) return opened;
      try {
        return await opened.value.target.readState();
      } finally {
        await opened.value.target.close();
      }
    },
  };
}
