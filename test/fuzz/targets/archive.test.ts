import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-MAN-03 no archive makes the reader throw, hang, or unpack more than it declares', (t) =>
  fuzz(t, 'archive'));
