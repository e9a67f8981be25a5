import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { DeviceState } from '../../../contract/schema/device.ts';
import type { DeviceBench, OpenedUnit } from '../../device/update-target.ts';
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
    'device.read': async ({ position, enterUpdateMode = false }) => {
      const opened = await bench.open(position);
      if (!opened.ok) return opened;
      try {
        return await readUnit(opened.value, enterUpdateMode);
      } finally {
        await opened.value.target.close();
      }
    },
  };
}

/** A unit in operation is not taken out of it unless that was asked for, and is restarted after it where that can be done. */
async function readUnit({ target, profile }: OpenedUnit, mayInterrupt: boolean): Promise<Result<DeviceState>> {
  if (!profile.readsInUpdateMode) return await target.readState();
  const mode = await target.identify();
  if (!mode.ok) return mode;
  if (mode.value === 'runtime' && !mayInterrupt) {
    return refuse(
      'device.wrong-mode',
      `The unit ${target.identity.serial} is in operation, in which units of its kind tell nothing of their slots; it can be read in DFU mode, out of operation.`,
    );
  }
  const state = await target.readState();
  if (!state.ok || mode.value === 'dfu') return state;
  const restarted = await target.reboot(profile.rebootDeadlineMs);
  return accept(restarted.ok ? { ...state.value, mode: 'application' } : state.value);
}
