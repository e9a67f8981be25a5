import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-MAN-03 whatever a manifest says and an archive holds, only what agrees to the byte is taken in', (t) =>
  fuzz(t, 'bundle-contents'));
