import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-AUD-01 a witness cosigns only what the key of the log signed and what continues its last cosignature', (t) =>
  fuzz(t, 'witness-request'));
