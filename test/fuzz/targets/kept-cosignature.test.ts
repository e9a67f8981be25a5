import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-AUD-02 a kept cosignature vouches for the log or contradicts it only as its witness signed it', (t) =>
  fuzz(t, 'kept-cosignature'));
