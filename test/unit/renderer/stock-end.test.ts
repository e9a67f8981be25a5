import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Stock } from '../../../renderer/features/bench/choose-bundle.ts';
import { endsOfStock } from '../../../renderer/features/bench/stock-end.ts';
import { holdsForMs } from '../../../renderer/station/next-end.ts';

const nowMs = Date.parse('2026-11-29T09:00:00Z');
const HOUR_MS = 3_600_000;
const after = (hours: number): string => new Date(nowMs + hours * HOUR_MS).toISOString();

/** Hours after now at which a bundle, its approvals to install and to recover, and an approval for one unit end. */
function stock(bundle: number, install: number | null, recovery: number | null, limited: number): Stock {
  const complete = (hours: number | null) =>
    new Map([['d', { state: 'complete', until: hours === null ? null : after(hours) }]]);
  return {
    bundles: [{ manifest: { expires: after(bundle) } }],
    states: { install: complete(install), recovery: complete(recovery) },
    pending: [{ approvals: [{ validUntil: after(limited) }] }],
  } as unknown as Stock;
}

test('REQ-OTA-UI-01 the bench asks the station anew when the next bundle or approval ends, and not for what has ended', () => {
  const held = (...ends: Parameters<typeof stock>) => holdsForMs(endsOfStock(stock(...ends)), nowMs) / HOUR_MS;
  assert.equal(held(1, 2, 3, 4), 1);
  assert.equal(held(9, 2, 3, 4), 2);
  assert.equal(held(9, 8, 3, 4), 3);
  assert.equal(held(9, null, null, 4), 4);
  assert.equal(held(-1, 0, 3, -4), 3);
  // No timer of a browser is longer, and one that is rings at once.
  assert.equal(held(9999, null, null, -1) * HOUR_MS, 2 ** 31 - 1);
});
