import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('a scanned code is read or refused, and what is read is printed so that it reads the same', (t) =>
  fuzz(t, 'scan'));
