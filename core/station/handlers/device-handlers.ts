import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { BenchUnit, DeviceState } from '../../../contract/schema/device.ts';
import type { OperatorView } from '../../../contract/schema/session.ts';
import type { BenchMap } from '../../device/bench-map.ts';
import { describeOffer, describeProfile } from '../../device/profile/describe-profile.ts';
import type { ProfileBook } from '../../device/profile/profile-book.ts';
import type { DeviceBench, OpenedUnit } from '../../device/update-target.ts';
import type { UsbScanner } from '../../device/usb-scanner.ts';
import { effectivePermissions } from '../../operator/permission.ts';
import type { Handlers } from '../dispatch.ts';

export interface DeviceHandlerDeps {
  readonly scanner: UsbScanner;
  readonly bench: DeviceBench;
  readonly map: BenchMap;
  readonly profiles: ProfileBook;
}

/** What stands on the bench. */
export function createDeviceHandlers({
  scanner,
  bench,
  map,
  profiles,
}: DeviceHandlerDeps): Pick<Handlers, 'device.list' | 'device.watch' | 'device.profiles' | 'device.read'> {
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
    'device.profiles': async () => {
      const { sourced, offers } = await profiles.refresh();
      const own = sourced.filter(({ source }) => source.kind !== 'bundle');
      return accept([...own.map(describeProfile), ...offers.map(describeOffer)]);
    },
    'device.read': async ({ position: typed, enterUpdateMode = false }, { operator }) => {
      if (enterUpdateMode && !effectivePermissions(operator).includes('update.execute'))
        return refuseInterruption(operator);
      const position = map.resolve(typed);
      if (!position.ok) return position;
      const opened = await bench.open(position.value);
      if (!opened.ok) return opened;
      try {
        return await readUnit(opened.value, enterUpdateMode);
      } finally {
        await opened.value.target.close();
      }
    },
  };
}

/** To look at a unit is one right, to stop what it does another: that of whoever may update it. */
function refuseInterruption({ printedName }: OperatorView): Result<DeviceState> {
  return refuse(
    'station.permission-denied',
    `${printedName} may look at units and not take one out of operation; a technician can. Nothing was done to the unit.`,
  );
}

/** A unit in operation is not taken out of it unless that was asked for, and is restarted after it where that can be done. */
async function readUnit({ target, profile }: OpenedUnit, mayInterrupt: boolean): Promise<Result<DeviceState>> {
  if (!profile.readsInUpdateMode && !profile.readingRestarts) return await target.readState();
  const mode = await target.identify();
  if (!mode.ok) return mode;
  if (mode.value === 'runtime' && !mayInterrupt) {
    return refuse(
      'device.wrong-mode',
      `The unit ${target.identity.serial} is in operation, in which units of its kind tell nothing of their slots; it can be read in DFU mode, out of operation.`,
    );
  }
  const state = await target.readState();
  if (!state.ok || mode.value === 'dfu' || profile.readingRestarts) return state;
  const restarted = await target.reboot(profile.rebootDeadlineMs);
  return accept(restarted.ok ? { ...state.value, mode: 'application' } : state.value);
}
