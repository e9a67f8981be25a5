import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testChains, verifyCase } from '../support/chain-case.ts';

testChains([
  ['two intermediates in the wrong order', 'accept', { leaf: 'leaf-deep', via: ['ica', 'ica-deep'] }],
  [
    'intermediates among others that do not belong',
    'accept',
    { leaf: 'leaf-deep', via: ['ica-expired', 'leaf384', 'ica-deep', 'root2', 'ica'] },
  ],
  [
    'the way over the pinned root where a cross-signature leads elsewhere',
    'accept',
    { leaf: 'leaf', via: ['ica-cross', 'ica'] },
  ],
  [
    'the cross-signed way where only that root is pinned',
    'accept',
    { leaf: 'leaf', via: ['ica', 'ica-cross'], roots: ['root2'] },
  ],
  ['the valid way where another has expired', 'accept', { leaf: 'leaf', via: ['ica-old', 'ica'] }],
  ['the same intermediate given many times', 'accept', { leaf: 'leaf', via: Array<string>(20).fill('ica') }],
  ['the only way having expired', 'trust.expired', { leaf: 'leaf', via: ['ica-old'] }],
  [
    'two CAs that certify each other without a root',
    'trust.no-path',
    { leaf: 'leaf-circle', via: ['circle-a', 'circle-b'] },
  ],
  ['more intermediates than maxDepth', 'trust.no-path', { leaf: 'leaf-deep', via: ['ica', 'ica-deep'], maxDepth: 1 }],
  ['as many intermediates as maxDepth', 'accept', { leaf: 'leaf-deep', via: ['ica', 'ica-deep'], maxDepth: 2 }],
  ['more intermediates than the budget', 'trust.budget-exceeded', { leaf: 'leaf', via: Array<string>(65).fill('ica') }],
]);

test('REQ-OTA-SIG-02 answers the path from the signer up to the anchor', () => {
  const result = verifyCase({ leaf: 'leaf-deep', via: ['ica', 'ica-deep'] });
  assert.ok(result.ok);
  assert.deepEqual(
    result.path.map(({ subject }) => subject),
    ['leaf-deep', 'ica-deep', 'ica', 'Test Root'],
  );
});

test('REQ-OTA-SIG-02 says of which certificate no pinned anchor is reached', () => {
  const result = verifyCase({ leaf: 'leaf', roots: ['root2'], via: [] });
  assert.ok(!result.ok);
  assert.match(result.reason, /"leaf" does not lead to a pinned trust anchor/);
});
