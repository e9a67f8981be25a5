import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-SIG-01 signed attributes of any kind count only with the one right type and digest', (t) =>
  fuzz(t, 'cms-attributes'));
