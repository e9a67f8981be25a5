import { accept } from '../../../contract/result.ts';
import type { DeviceBench } from '../../device/update-target.ts';
import type { UsbScanner } from '../../device/usb-scanner.ts';
import type { Handlers } from '../dispatch.ts';

/** What stands on the bench. */
export function createDeviceHandlers({
  scanner,
  bench,
}: {
  scanner: UsbScanner;
  bench: DeviceBench;
}): Pick<Handlers, 'device.list' | 'device.read'> {
  return {
    'device.list': async () => {
      const units = await scanner.list();
      return units.ok ? accept([...units.value]) : units;
    },
    'device.read': async ({ position }) => {
      const opened = await bench.open(position);
      if (!opened.ok) return opened;
      try {
        return await opened.value.target.readState();
      } finally {
        await opened.value.target.close();
      }
    },
  };
}
