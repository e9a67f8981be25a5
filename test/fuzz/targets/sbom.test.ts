import { test } from 'node:test';
import { fuzz } from '../engine/fuzz-test.ts';

test('REQ-OTA-MAN-03 the components of a hostile SBOM are listed within bounds or refused, and compared with nothing lost', (t) =>
  fuzz(t, 'sbom'));
