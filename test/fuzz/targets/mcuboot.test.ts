import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-SIG-04 an accepted image is, as far as it is signed, one that was signed', (t) => fuzz(t, 'mcuboot'));
