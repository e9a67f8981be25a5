import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readRequest, readSerials, type ApprovalDraft } from '../../../renderer/features/approvals/approval-request.ts';

const bundle = { bundleDigest: '1'.repeat(64), product: 'acme.pump' };
const draft: ApprovalDraft = {
  kind: 'install',
  scope: 'all',
  serials: '',
  workOrder: ' WO-1 ',
  meaning: ' Approved ',
  reasonCode: '',
  fromAtMost: '',
  toVersion: '',
  because: '',
};

test('what was typed becomes what is signed, without outer spaces', () => {
  assert.deepEqual(readRequest(draft, bundle, false), {
    ...bundle,
    kind: 'install',
    scope: { serials: '*', workOrder: 'WO-1' },
    meaning: 'Approved',
    reasonCode: null,
    downgrade: null,
  });
  assert.equal(readRequest({ ...draft, workOrder: ' ' }, bundle, false)?.scope.workOrder, null);
});

test('serial numbers are read once each; none is no request', () => {
  assert.deepEqual(readSerials(' A-1\r\n\nA-2\nA-1 '), ['A-1', 'A-2']);
  assert.equal(readRequest({ ...draft, scope: 'these' }, bundle, false), null);
  assert.deepEqual(readRequest({ ...draft, scope: 'these', serials: 'A-1' }, bundle, false)?.scope.serials, ['A-1']);
});

test('a meaning is needed, and a reason code where the policy has them', () => {
  assert.equal(readRequest({ ...draft, meaning: ' ' }, bundle, false), null);
  assert.equal(readRequest(draft, bundle, true), null);
  assert.equal(readRequest({ ...draft, reasonCode: 'recall' }, bundle, true)?.reasonCode, 'recall');
});

test('a way back is for one unit, with both versions and its reason', () => {
  const back = {
    ...draft,
    kind: 'downgrade',
    serials: 'A-1',
    fromAtMost: '5',
    toVersion: '4',
    because: 'F-12',
  } as const;
  assert.deepEqual(readRequest(back, bundle, false)?.downgrade, { fromVersionAtMost: 5, toVersion: 4, reason: 'F-12' });
  assert.equal(readRequest({ ...back, serials: 'A-1\nA-2' }, bundle, false), null);
  assert.equal(readRequest({ ...back, toVersion: '4.0' }, bundle, false), null);
  assert.equal(readRequest({ ...back, because: '' }, bundle, false), null);
});
