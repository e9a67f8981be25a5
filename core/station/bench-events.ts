import type { DeviceEvent } from '../../contract/events.ts';
import { grantAccess, unknownAccess, type AccessProbe } from '../device/access-probe.ts';
import { createLinuxAccessProbe } from '../device/linux-access.ts';
import type { BenchEvent, Heartbeat } from '../device/usb-scanner.ts';
import { systemClock } from '../system-clock.ts';

const LOOK_EVERY_MS = 2000;

/** Looks at the bus every two seconds: machines whose USB comes late, and systems that lose events (Linux without udevd). */
export const systemHeartbeat: Heartbeat = (look) => {
  const ended = new AbortController();
  const beat = async (): Promise<void> => {
    for (;;) {
      await systemClock.sleep(LOOK_EVERY_MS, ended.signal);
      look();
    }
  };
  // The sleep ends with the signal, and nothing else ends the loop.
  beat().catch(() => undefined);
  return () => ended.abort();
};

/** How access to units is found out here: virtual ones are open, Linux shows it from outside, elsewhere only an attempt tells. */
export function accessProbeFor(platform: NodeJS.Platform, training: boolean): AccessProbe {
  if (training) return grantAccess;
  return platform === 'linux' ? createLinuxAccessProbe() : () => unknownAccess;
}

/** The scanner's events as the station tells them to its shells. */
export function toStationEvent(event: BenchEvent): DeviceEvent {
  switch (event.kind) {
    case 'arrived':
    case 'left':
      return { type: `device.${event.kind}`, unit: event.unit };
    case 'no-usb':
      return { type: 'device.no-usb', reason: event.reason };
    case 'usb-ready':
      return { type: 'device.usb-ready' };
  }
}
