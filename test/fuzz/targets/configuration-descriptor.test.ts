import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-USB-04 no configuration descriptor makes the station throw or believe nonsense', (t) =>
  fuzz(t, 'configuration-descriptor'));
