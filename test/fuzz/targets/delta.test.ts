import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-DLT-01 no delta unpacks to more or less than the manifest says, or out of its bounds', (t) =>
  fuzz(t, 'delta'));
