import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-SIG-02 no revocation list makes the reader throw or hang', (t) => fuzz(t, 'crl'));
