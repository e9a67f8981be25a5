import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testChains, verifyCase } from '../support/chain-case.ts';

const at = (iso: string): { at: Date } => ({ at: new Date(iso) });

testChains([
  [
    'the first moment of the validity (RFC 5280 §4.1.2.5)',
    'accept',
    { leaf: 'leaf-2025', ...at('2025-01-01T00:00:00Z') },
  ],
  ['the last moment of the validity (§4.1.2.5)', 'accept', { leaf: 'leaf-2025', ...at('2026-01-01T00:00:00Z') }],
  [
    'the moment before the validity (§6.1.3 (a)(2))',
    'trust.not-yet-valid',
    { leaf: 'leaf-2025', ...at('2024-12-31T23:59:59.999Z') },
  ],
  [
    'the moment after the validity (§6.1.3 (a)(2))',
    'trust.expired',
    { leaf: 'leaf-2025', ...at('2026-01-01T00:00:00.001Z') },
  ],
  ['an expired leaf', 'trust.expired', { leaf: 'leaf-expired' }],
  ['a leaf of the future', 'trust.not-yet-valid', { leaf: 'leaf-future' }],
  ['an expired intermediate', 'trust.expired', { leaf: 'leaf-under-expired', via: ['ica-expired'] }],
  ['an expired anchor', 'trust.expired', { leaf: 'leaf-expired-root', via: [], roots: ['root-expired'] }],
  ['a clock at 1970', 'trust.not-yet-valid', { leaf: 'leaf', ...at('1970-01-01T00:00:00Z') }],
  ['a clock that cannot be read', 'trust.clock-unreadable', { leaf: 'leaf', at: new Date(Number.NaN) }],
]);

test('REQ-OTA-SIG-06 an expired certificate is named, with the time since when', () => {
  const result = verifyCase({ leaf: 'leaf-under-expired', via: ['ica-expired'] });
  assert.ok(!result.ok);
  assert.match(result.reason, /"ica-expired" expired on 2024-01-01T00:00:00\.000Z/);
});
