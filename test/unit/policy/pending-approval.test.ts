import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countApprovals, findMissingApprovals } from '../../../core/policy/pending-approval.ts';
import { readStatement } from '../../../core/policy/approval.ts';
import { value } from '../operator/operator-bench.ts';
import { ana, approve, bo, downgradeRequest, ines, later, questionOf, tess } from './policy-bench.ts';

const byAna = await approve(ana);
const byBo = await approve(bo);
const asks = (signer: typeof ana) => ({ operator: signer.view, maySign: true });

test('REQ-OTA-POL-01 what waits for approvals says how many are given, by whom, and until when', () => {
  const missing = findMissingApprovals([byAna], questionOf(), asks(bo));
  assert.deepEqual(missing, {
    required: 2,
    given: 1,
    approvals: [
      {
        id: value(readStatement(byAna)).id,
        operator: { id: ana.view.id, printedName: 'Ana Ruiz' },
        signedAt: value(readStatement(byAna)).signedAt,
        validUntil: value(readStatement(byAna)).expiresAt,
        scope: { serials: '*', workOrder: null },
      },
    ],
    mayNotSign: null,
  });
  assert.equal(findMissingApprovals([byAna, byBo], questionOf(), asks(bo)), null);
});

test('REQ-OTA-POL-01 who has signed, has imported, has no such role or no right is told why not to sign', () => {
  const why = (asker: Parameters<typeof findMissingApprovals>[2]) =>
    findMissingApprovals([byAna], questionOf(), asker)?.mayNotSign?.code;
  assert.equal(why(asks(ana)), 'policy.approver-signed');
  assert.equal(why(asks(ines)), 'policy.approver-imported');
  assert.equal(why({ operator: { ...bo.view, roles: ['technician'] }, maySign: true }), 'policy.approver-not-allowed');
  assert.equal(why({ operator: tess.view, maySign: false }), 'station.permission-denied');
});

test('REQ-OTA-POL-01 an approval that counts no more, or is for one unit or work order, leaves the bundle waiting', async () => {
  const records = [byAna, byBo];
  const given = (change: Parameters<typeof questionOf>[0]) =>
    findMissingApprovals(records, questionOf(change), asks(tess))?.given;
  assert.equal(given({ now: later(1000) }), 0);
  assert.equal(given({ withdrawn: new Set([value(readStatement(byAna)).id]) }), 1);
  assert.equal(given({ kind: 'recovery' }), 0);
  const narrow = [await approve(bo, { scope: { serials: ['SN-7'], workOrder: null } }), byAna];
  const forUnit = findMissingApprovals(narrow, questionOf(), asks(tess));
  assert.deepEqual([forUnit?.given, forUnit?.approvals.length], [1, 2]);
  const workOrder = [await approve(bo, { scope: { serials: '*', workOrder: 'WO-1' } }), byAna];
  assert.equal(findMissingApprovals(workOrder, questionOf(), asks(tess))?.given, 1);
  const back = [await approve(ana, downgradeRequest)];
  assert.equal(findMissingApprovals(back, questionOf({ kind: 'downgrade' }), asks(tess))?.given, 0);
});

test('REQ-OTA-POL-02 an approval that has ended by its time is told apart from one that was never given, until it is signed anew', async () => {
  const ended = (records: Parameters<typeof countApprovals>[0], change: Parameters<typeof questionOf>[0] = {}) =>
    countApprovals(records, questionOf(change)).ended;
  assert.equal(ended([byAna, byBo]), 0);
  assert.equal(ended([byAna, byBo, byAna], { now: later(1000) }), 2);
  assert.equal(ended([byAna], { now: later(1000), kind: 'recovery' }), 0);
  assert.equal(ended([byAna], { now: later(1000), withdrawn: new Set([value(readStatement(byAna)).id]) }), 0);
  const anew = await approve(ana, {}, { now: later(999) });
  assert.equal(ended([byAna, byBo, anew], { now: later(1000) }), 1);
});
