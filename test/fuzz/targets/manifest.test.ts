import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-MAN-01 an accepted manifest reads the same to every JSON reader', (t) => fuzz(t, 'manifest'));
