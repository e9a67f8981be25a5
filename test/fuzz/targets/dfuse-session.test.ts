import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-USB-04 no sequence of answers makes a DfuSe session throw, hang, ask without end, or write outside of its slot', (t) =>
  fuzz(t, 'dfuse-session'));
