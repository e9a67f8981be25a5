import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hintAtAccess, hintAtDriver, hintAtUdev, udevReload } from '../../../core/device/access-hint.ts';

test('REQ-OTA-USB-01 Linux: the hint names the USB id, the file, the command, and how the rule comes into force', () => {
  const file = '/run/udev/rules.d/70-drydock.rules';
  const hints = [
    hintAtUdev('1209:0001', { kind: 'no-file' }),
    hintAtUdev('1209:0001', { kind: 'no-rule', file }),
    hintAtUdev('1209:0001', { kind: 'not-in-force', file }),
  ];
  for (const hint of hints) {
    assert.match(hint, /1209:0001/);
    assert.match(hint, /70-drydock\.rules/);
    assert.ok(hint.includes(udevReload));
  }
  assert.match(hints[0] ?? '', /--install \/etc\/udev\/rules\.d\/70-drydock\.rules/);
  assert.match(hints[1] ?? '', /--install \/run\/udev/);
  assert.match(hints[2] ?? '', /--group/);
  assert.match(hintAtAccess('linux', '1209:0001'), /udev rule for USB id 1209:0001.*device udev-rules/);
});

test('REQ-OTA-USB-01 Windows: the hint is for a plant without a network; macOS and others get their own', () => {
  assert.match(hintAtAccess('win32', '1209:0001'), /1209:0001.*Microsoft OS descriptors.*pnputil/);
  assert.doesNotMatch(hintAtAccess('win32', null), /Zadig|https?:/i);
  assert.match(hintAtAccess('darwin', null), /macOS/);
  assert.match(hintAtAccess('freebsd', '1209:0001'), /administrator.*1209:0001/);
});

test('REQ-OTA-USB-01 a kernel driver that sits on the interface is named', () => {
  assert.match(hintAtDriver('cdc_acm', 2), /cdc_acm holds interface 2.*modprobe -r cdc_acm/);
});
