import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-USB-04 no answer of a unit makes the station throw or believe nonsense', (t) => fuzz(t, 'device-answer'));
