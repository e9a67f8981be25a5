import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-SIG-02 no certificate makes the reader throw, and an accepted one reads as OpenSSL reads it', (t) =>
  fuzz(t, 'certificate'));
