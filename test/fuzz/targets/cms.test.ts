import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-SIG-01 a mutated signature file is refused, or says of each signer what was signed', (t) =>
  fuzz(t, 'cms'));
