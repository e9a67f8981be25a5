import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-SIG-02 an accepted path leads link by link to the pinned root, whatever the certificates hold', (t) =>
  fuzz(t, 'chain'));
