import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoImage, demoImageKeyPem, demoProduct } from '../../demo/materials.ts';
import type { PlacedDevice } from '../../simulator/virtual-bench.ts';

const SLOT_BYTES = 512 * 1024;
const SECTOR_BYTES = 4096;
const TRANSFER_BYTES = 2048;

/** The pump of an older series: it is read out of operation only, and only a power cycle brings it back. */
export const olderPumpSerial = 'PUMP-0409';

/** Zephyr's DFU class in the application and nothing beside it, as such products are in the field. */
export function orderOlderPump(position: string): PlacedDevice {
  return {
    kind: 'zephyr-legacy',
    position,
    serial: olderPumpSerial,
    imagePublicKey: demoImageKeyPem,
    factoryImage: demoImage(3, '2.3.1'),
    upload: true,
    transferBytes: TRANSFER_BYTES,
    pollMs: 3,
    slotBytes: SLOT_BYTES,
    sectorBytes: SECTOR_BYTES,
  };
}

/** Gives a training station the device profile by which it knows the older pump, as an administrator would. */
export function writeOlderPumpProfile(dataFolder: string): void {
  const folder = join(dataFolder, 'profiles');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'older-pump.json'), `${JSON.stringify(profile, null, 2)}\n`);
}

const profile = {
  format: 'drydock-profile/1',
  id: 'training-older-pump',
  name: 'Virtual infusion pump, older series',
  product: demoProduct.id,
  scheme: 'mcuboot',
  usb: {
    runtime: { vendorId: '2fe3', productId: '0005', interface: 0 },
    dfu: { vendorId: '2fe3', productId: 'ffff', interface: 0 },
  },
  hardware: 'vu-a',
  confirmedBy: 'device',
  afterManifestation: 'stays',
  resetBy: 'person',
  undisturbedMs: 2000,
  slots: {
    application: {
      slot0: { alternate: 'image_0', sizeBytes: SLOT_BYTES, role: 'running' },
      slot1: { alternate: 'image_1', sizeBytes: SLOT_BYTES, role: 'staging' },
    },
  },
  trailer: { alignBytes: 8, writeBytes: 8, maxSectors: 128, sectorBytes: SECTOR_BYTES },
  deadlines: {
    transferMs: 5000,
    blockMs: 30_000,
    manifestMs: 60_000,
    detachMs: 15_000,
    rebootMs: 60_000,
    selfTestMs: 60_000,
    personMs: 900_000,
  },
  limits: { maxTransferBytes: 4096, maxPollTimeoutMs: 10_000 },
  quirks: [],
};
