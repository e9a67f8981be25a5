import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('no file of credentials makes the reader throw or hang, and no refusal tells the password', (t) =>
  fuzz(t, 'credentials'));
