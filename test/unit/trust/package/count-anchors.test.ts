import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countAgreeingAnchors } from '../../../../core/trust/package/count-anchors.ts';

const count = (...pairs: readonly (readonly [string, string])[]) =>
  countAgreeingAnchors(pairs.map(([anchorKeySha256, signerKeySha256]) => ({ anchorKeySha256, signerKeySha256 })));

test('REQ-OTA-SIG-05 anchors and keys are matched one to one', () => {
  assert.equal(count(), 0);
  assert.equal(count(['A', '1'], ['B', '2']), 2);
  assert.equal(count(['A', '1'], ['B', '1']), 1);
  assert.equal(count(['A', '1'], ['A', '2']), 1);
  // Anchor A must leave key 1 to anchor B.
  assert.equal(count(['A', '1'], ['A', '2'], ['B', '1']), 2);
  // Three anchors and three keys, but two of the keys are known to one anchor alone.
  assert.equal(count(['A', '1'], ['B', '1'], ['C', '1'], ['A', '2'], ['A', '3']), 2);
});
