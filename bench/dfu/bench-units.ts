import { generateKeyPairSync } from 'node:crypto';
import { BUS_SPEEDS, type BusSpeed } from '../../simulator/bus-speed.ts';
import type { SimulatorClock } from '../../simulator/clock.ts';
import { provisionUnit } from '../../simulator/provision.ts';
import { VirtualUsbBus } from '../../simulator/usb-bus.ts';
import type { Cell } from './cell.ts';
import { TimedDevice } from './timed-device.ts';

const SLOT_BYTES = 1280 * 1024;
/** The boot loader keeps status for 128 sectors. */
const SECTOR_BYTES = 16 * 1024;
/** The staging slot's alternate setting. */
export const STAGING = 'image-1';

export interface BenchUnits {
  readonly bus: VirtualUsbBus;
  /** At positions 1-1, 1-2 … */
  readonly devices: readonly TimedDevice[];
}

/** Reference units without an image, which therefore wait in their boot loader in DFU mode, each on a bus segment of its own. */
export function plugUnits({ bus, transferBytes, pollMs, units }: Cell, clock: SimulatorClock): BenchUnits {
  const speed: BusSpeed | undefined = BUS_SPEEDS[bus];
  const virtualBus = new VirtualUsbBus({ clock, ...(speed === undefined ? {} : { speed }) });
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const order = {
    imagePublicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    slotBytes: SLOT_BYTES,
    sectorBytes: SECTOR_BYTES,
    transferBytes,
    pollTimeoutMs: { dfuDNBUSY: pollMs },
  };
  const devices = Array.from({ length: units }, (_, index) => {
    const serial = `BENCH-${index + 1}`;
    const device = new TimedDevice(provisionUnit({ ...order, serial }, clock), clock);
    virtualBus.plug(`1-${index + 1}`, device);
    return device;
  });
  return { bus: virtualBus, devices };
}
