import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import type { AccessFinding } from '../../../core/device/access-probe.ts';
import { createLinuxAccessProbe } from '../../../core/device/linux-access.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const rule = (product: string) => `ATTR{idVendor}=="1209", ATTR{idProduct}=="${product}", TAG+="uaccess"\n`;

/** A Linux machine in a folder: one unit, 1209:0001 at 1-2.4, bus 1, address 5. */
function setUp(t: TestContext) {
  const folder = tempFolder(t);
  const roots = {
    deviceFiles: join(folder, 'dev'),
    sysfs: join(folder, 'sys'),
    rules: [join(folder, 'etc'), join(folder, 'usr'), join(folder, 'none')],
  };
  for (const made of [join(roots.deviceFiles, '001'), ...roots.rules.slice(0, 2)]) mkdirSync(made, { recursive: true });
  writeFileSync(join(roots.deviceFiles, '001', '005'), '');
  const unit = { bus: '1', address: 5, position: '1-2.4', usbId: '1209:0001', interfaceNumber: 0 };
  // Whoever runs the tests as root may open everything.
  const deny = (code: string) => () => {
    throw Object.assign(new Error(code), { code, syscall: 'access' });
  };
  return {
    folder,
    roots,
    probe: (change: Partial<typeof unit> = {}): AccessFinding => createLinuxAccessProbe(roots)({ ...unit, ...change }),
    probeDenied: (code = 'EACCES'): AccessFinding => createLinuxAccessProbe(roots, deny(code))(unit),
  };
}

test('REQ-OTA-USB-01 a unit whose device file may be read and written is open to this account', (t) => {
  const { probe } = setUp(t);
  assert.deepEqual(probe(), { access: 'ok', hint: null });
});

test('REQ-OTA-USB-01 denied: the hint follows from the rules that are there, in the order in which udev reads them', (t) => {
  const { roots, probeDenied } = setUp(t);
  const [etc = '', usr = ''] = roots.rules;
  assert.equal(probeDenied().access, 'denied');
  assert.match(probeDenied().hint ?? '', /1209:0001.*70-drydock\.rules is not installed/);
  writeFileSync(join(usr, '70-drydock.rules'), rule('0002'));
  assert.match(probeDenied('EPERM').hint ?? '', /usr\/70-drydock\.rules has no udev rule for USB id 1209:0001/);
  writeFileSync(join(etc, '60-acme.rules'), rule('0001'));
  assert.match(
    probeDenied().hint ?? '',
    /usr\/70-drydock\.rules has no udev rule/,
    'other vendors’ files are not searched',
  );
  writeFileSync(join(etc, '60-drydock-acme.rules'), rule('0001'));
  assert.match(probeDenied().hint ?? '', /etc\/60-drydock-acme\.rules is not in force/);
  mkdirSync(join(etc, '70-drydock.rules'));
  assert.match(probeDenied().hint ?? '', /not in force/);
});

test('REQ-OTA-USB-01 a device file that is not there, as in a container, is no refusal of the unit', (t) => {
  const { probe } = setUp(t);
  const { access, hint } = probe({ address: 6 });
  assert.equal(access, 'unknown');
  assert.match(hint ?? '', /dev\/001\/006 is not there \(ENOENT\)/);
  assert.deepEqual(probe({ bus: '../../etc' }), { access: 'unknown', hint: null });
});

test('REQ-OTA-USB-01 a kernel driver on the interface is named; a program’s claim is not taken for one', (t) => {
  const { folder, roots, probe } = setUp(t);
  const unit = join(roots.sysfs, '1-2.4');
  for (const interfaceNumber of [0, 1, 2]) mkdirSync(join(unit, `1-2.4:1.${interfaceNumber}`), { recursive: true });
  writeFileSync(join(unit, 'bConfigurationValue'), '1\n');
  symlinkSync(join(folder, 'drivers', 'cdc_acm'), join(unit, '1-2.4:1.0', 'driver'));
  symlinkSync(join(folder, 'drivers', 'usbfs'), join(unit, '1-2.4:1.1', 'driver'));
  assert.equal(probe().access, 'driver');
  assert.match(probe().hint ?? '', /cdc_acm holds interface 0/);
  assert.equal(probe({ interfaceNumber: 1 }).access, 'ok');
  assert.equal(probe({ interfaceNumber: 2 }).access, 'ok');
});

test('REQ-OTA-USB-01 a fault that is no fault of a file is a bug, and not taken for a refusal', (t) => {
  const { roots } = setUp(t);
  const probe = createLinuxAccessProbe(roots, () => {
    throw new TypeError('a bug');
  });
  assert.throws(
    () => probe({ bus: '1', address: 5, position: '1-2.4', usbId: '1209:0001', interfaceNumber: 0 }),
    /a bug/,
  );
});
