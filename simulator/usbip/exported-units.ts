import type { UsbConnection } from '../usb-connection.ts';
import type { VirtualUsbBus } from '../usb-bus.ts';

/** What of a virtual bus can be imported, and what is imported already. One for all connections of a server. */
export class ExportedUnits {
  readonly #bus: VirtualUsbBus;
  readonly #imported = new Set<UsbConnection>();

  constructor(bus: VirtualUsbBus) {
    this.#bus = bus;
  }

  /** Every unit that is on the bus and that no host has. */
  list(): readonly UsbConnection[] {
    return this.#bus.connections.filter((connection) => !this.#imported.has(connection));
  }

  /** Takes the unit with this bus id ("1-4") for one host. */
  take(busId: string): UsbConnection | 'no-device' | 'busy' {
    const connection = this.#bus.connections.find((candidate) => busIdOf(candidate) === busId);
    if (connection === undefined) return 'no-device';
    if (this.#imported.has(connection)) return 'busy';
    this.#imported.add(connection);
    return connection;
  }

  release(connection: UsbConnection): void {
    this.#imported.delete(connection);
  }
}

/** The name of a unit for USB/IP: its position. */
export function busIdOf({ place }: UsbConnection): string {
  return `${place.bus}-${place.ports.join('.')}`;
}

/** `busnum << 16 | devnum`: how a host names an imported unit in each command. */
export function deviceIdOf({ place }: UsbConnection): number {
  return ((Number(place.bus) << 16) | place.address) >>> 0;
}
