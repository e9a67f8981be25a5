import { readdirSync, readlinkSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { DriverReader } from './interface-claim.ts';
import { toPosition } from './position.ts';

/** Where Linux shows its USB devices and what drives them (Documentation/ABI/stable/sysfs-bus-usb). */
export const LINUX_USB_FOLDER = '/sys/bus/usb/devices';

/** Reads drivers where Linux shows them: `<folder>/1-2.4:1.0/driver`, for interface 0 of configuration 1 at position 1-2.4. */
export function createLinuxDriverReader(folder: string): DriverReader {
  return (place, interfaceNumber) => {
    const position = toPosition(place);
    if (position === null) return null;
    try {
      const name = readdirSync(folder).find(
        (entry) => entry.startsWith(`${position}:`) && entry.endsWith(`.${interfaceNumber}`),
      );
      return name === undefined ? null : basename(readlinkSync(join(folder, name, 'driver')));
    } catch {
      // No driver, no such device any more, or no such folder: in each case nobody is known by name.
      return null;
    }
  };
}
