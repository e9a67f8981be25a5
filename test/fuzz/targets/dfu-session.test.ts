import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-USB-04 no sequence of answers makes a DFU session throw, hang, or ask without end', (t) =>
  fuzz(t, 'dfu-session'));
