import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DowngradePermit } from '../../../core/policy/downgrade-permit.ts';
import { evaluateApprovals } from '../../../core/policy/evaluate-approvals.ts';
import type { ApprovalQuestion } from '../../../core/policy/evaluate-approvals.ts';
import { refusal, value } from '../operator/operator-bench.ts';
import { ana, approve, bo, downgradeRequest, later, questionOf } from './policy-bench.ts';

const question = questionOf({ kind: 'downgrade', imageVersion: 5 });
const terms = { fromVersionAtMost: 9, toVersion: 5, reason: 'the old sensor' };
const byAna = await approve(ana, { ...downgradeRequest, downgrade: { ...terms, fromVersionAtMost: 11 } });
const byBo = await approve(bo, downgradeRequest, { now: later(-1) });
const counted = value(evaluateApprovals([byAna, byBo], question));

test('REQ-OTA-VER-03 a permit says what all of its approvers agreed to, and no more', () => {
  const permit = value(DowngradePermit.fromApprovals(question, counted));
  assert.equal(permit.product, 'org.example.pump');
  assert.equal(permit.serial, 'SN-7');
  assert.equal(permit.toVersion, 5);
  assert.equal(permit.fromVersionAtMost, 9, 'the lower of the two');
  assert.equal(permit.expires, later(71).toISOString(), 'the earlier of the two');
  assert.deepEqual(
    permit.approvalIds,
    counted.statements.map(({ id }) => id),
  );
});

test('REQ-OTA-VER-03 there is no permit without approvals of a downgrade of one unit', async () => {
  const refused = (asked: ApprovalQuestion, approvals: typeof counted) =>
    refusal(DowngradePermit.fromApprovals(asked, approvals), 'policy.permit-mismatch');
  refused(question, { statements: [], validUntil: null });
  refused({ ...question, serial: null }, counted);
  refused(question, { statements: counted.statements, validUntil: null });
  const install = questionOf({ policy: question.policy });
  const installs = value(evaluateApprovals([await approve(ana), await approve(bo)], install));
  refused(question, installs);
  refused(question, { ...counted, statements: [...counted.statements, ...installs.statements] });
});

test('REQ-OTA-VER-03 one approver too few is no permit', () => {
  refusal(
    evaluateApprovals([byAna], question),
    'policy.approvals-missing',
    /^1 of 2 approvals of this downgrade count\.$/,
  );
});
