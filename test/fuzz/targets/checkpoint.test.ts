import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-AUD-02 an accepted checkpoint is to the letter what the key of the log signed', (t) =>
  fuzz(t, 'checkpoint'));
