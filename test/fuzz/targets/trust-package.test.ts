import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-SIG-05 no mutated trust package is accepted', (t) => fuzz(t, 'trust-package'));
