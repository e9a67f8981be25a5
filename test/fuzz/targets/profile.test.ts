import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-USB-01 a device profile that a bundle brings is read strictly, and says only what a bundle may say', (t) =>
  fuzz(t, 'profile'));
