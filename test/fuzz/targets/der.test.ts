import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-SIG-02 what is accepted as DER is the one encoding of its value', (t) => fuzz(t, 'der'));
