import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-SIG-01 a mutated bundle is refused without a trace, or is the very bundle that was signed', (t) =>
  fuzz(t, 'bundle'));
