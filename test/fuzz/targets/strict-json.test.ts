import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-MAN-01 accepted JSON reads the same to every JSON reader', (t) => fuzz(t, 'strict-json'));
