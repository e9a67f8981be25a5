import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meetOperator, onNextOperator } from '../../../renderer/app/next-operator.ts';

test('REQ-OTA-OPR-01 what was typed is kept for whoever comes back, and forgotten when somebody else does', () => {
  let kept = true;
  onNextOperator(() => (kept = false));
  meetOperator('ines');
  meetOperator('ines');
  assert.ok(kept);
  meetOperator('otto');
  assert.ok(!kept);
});
