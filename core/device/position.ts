import { sha256Hex } from '../digest.ts';

/** Bus and port path of a plugged-in unit, as the `usb` package and the virtual bench state them. */
export interface BusPlace {
  readonly bus: string;
  readonly ports: readonly number[];
}

const BUS_HASH_CHARACTERS = 12;

/**
 * Position on the bench, e.g. `1-2.4`: bus 1, root port 2, port 4 of the hub there. It stays the same over re-enumeration and
 * reboots. Null for what stands on no port (root hubs) or deeper than USB allows (USB 2.0 §4.1.1: seven tiers).
 */
export function toPosition({ bus, ports }: BusPlace): string | null {
  if (ports.length === 0 || ports.length > 7) return null;
  if (!ports.every((port) => Number.isInteger(port) && port >= 1 && port <= 255)) return null;
  return `${toBusName(bus)}-${ports.join('.')}`;
}

/** Linux counts busses `001`, `002`; Windows names them by a long device path, of which a digest is enough to tell them apart. */
function toBusName(bus: string): string {
  const short = bus.replace(/^0+(?=[0-9])/, '');
  if (/^[A-Za-z0-9]{1,16}$/.test(short)) return short;
  return sha256Hex(Buffer.from(bus, 'utf8')).slice(0, BUS_HASH_CHARACTERS);
}

/** Position of the device of a USB event, which may already be gone: then its place may not be readable any more. */
export function positionOfEvent(device: unknown): string | null {
  try {
    return isBusPlace(device) ? toPosition(device) : null;
  } catch {
    // Getters of the `usb` package throw after unplug; the next look at the bus tells what is missing.
    return null;
  }
}

function isBusPlace(device: unknown): device is BusPlace {
  if (typeof device !== 'object' || device === null || !('bus' in device) || !('ports' in device)) return false;
  return typeof device.bus === 'string' && Array.isArray(device.ports);
}
