import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoImage, demoImageKeyPem } from '../../demo/materials.ts';
import { zephyrProfileText } from '../../demo/zephyr-profile.ts';
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
  const name = 'Virtual infusion pump, older series';
  const text = zephyrProfileText('zephyr-legacy', 'ignored', { id: 'training-older-pump', name, undisturbedMs: 2000 });
  writeFileSync(join(folder, 'older-pump.json'), text);
}
