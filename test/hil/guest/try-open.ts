/** Program of the access test: opens the unit at 1-1 as whoever runs it, and prints what came of it. */
import { fileURLToPath } from 'node:url';
import { usb } from 'usb';
import { UsbDeviceBench } from '../../../core/device/device-bench.ts';
import { loadProfiles } from '../../../core/device/profile/load-profiles.ts';
import { UsbScanner } from '../../../core/device/usb-scanner.ts';
import { systemAlarm, systemClock } from '../../../core/system-clock.ts';

const shipped = fileURLToPath(new URL('../../../resources/profiles/', import.meta.url));
const registry = loadProfiles({ shipped });
if (!registry.ok) throw new Error(registry.reason);
const bench = new UsbDeviceBench(new UsbScanner(usb, registry.value), {
  clock: systemClock,
  platform: 'linux',
  alarm: systemAlarm,
});
const opened = await bench.open('1-1');
if (opened.ok) await opened.value.target.close();
console.log(opened.ok ? 'accepted' : `${opened.code}: ${opened.reason}`);
