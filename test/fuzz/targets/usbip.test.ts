import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-USB-04 no bytes of a USB/IP client make the server throw, hang or answer out of turn', (t) =>
  fuzz(t, 'usbip'));
