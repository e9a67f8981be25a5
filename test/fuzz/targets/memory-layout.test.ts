import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-USB-04 no memory layout makes the station throw, or erase outside of a slot', (t) =>
  fuzz(t, 'memory-layout'));
