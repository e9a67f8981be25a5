import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-RPT-01 a scan is read or refused, and a GS1 label reads the same from its printed form', (t) =>
  fuzz(t, 'scan'));
