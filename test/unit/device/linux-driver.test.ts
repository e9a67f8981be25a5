import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createLinuxDriverReader } from '../../../core/device/linux-driver.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

test('REQ-OTA-USB-01 finds the driver of one interface as Linux shows it', (t) => {
  const folder = tempFolder(t);
  for (const name of ['1-2.4', '1-2.4:1.0', '1-2.4:1.1', '1-2.4.1:1.0', '1-2:1.0']) mkdirSync(join(folder, name));
  const driver = (name: string) => `../../../../../bus/usb/drivers/${name}`;
  symlinkSync(driver('usbhid'), join(folder, '1-2.4:1.0', 'driver'));
  symlinkSync(driver('hub'), join(folder, '1-2:1.0', 'driver'));
  const read = createLinuxDriverReader(folder);
  assert.equal(read({ bus: '001', ports: [2, 4] }, 0), 'usbhid');
  assert.equal(read({ bus: '001', ports: [2, 4] }, 1), null);
  assert.equal(read({ bus: '001', ports: [2, 4, 1] }, 0), null);
  assert.equal(read({ bus: '001', ports: [2] }, 0), 'hub');
  assert.equal(read({ bus: '002', ports: [2] }, 0), null);
  assert.equal(read({ bus: '001', ports: [] }, 0), null);
  assert.equal(createLinuxDriverReader(join(folder, 'none'))({ bus: '001', ports: [2] }, 0), null);
});
