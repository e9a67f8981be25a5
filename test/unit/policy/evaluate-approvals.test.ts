import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ApprovalRecord } from '../../../contract/schema/policy.ts';
import type { OperatorView } from '../../../contract/schema/session.ts';
import { canonicalJson } from '../../../core/canonical-json.ts';
import { readStatement } from '../../../core/policy/approval.ts';
import { evaluateApprovals } from '../../../core/policy/evaluate-approvals.ts';
import type { ApprovalQuestion } from '../../../core/policy/evaluate-approvals.ts';
import { refusal, value } from '../operator/operator-bench.ts';
import {
  ana,
  approve,
  bo,
  createSigner,
  downgradeRequest,
  ines,
  later,
  policyWith,
  questionOf,
  tess,
} from './policy-bench.ts';

const byAna = await approve(ana);
const byBo = await approve(bo);
const byTess = await approve(tess);

/** Expects Bo's approval to count and the other one not, for `code` and `reason`. */
function assertNotCounted(other: ApprovalRecord, question: ApprovalQuestion, code: string, reason: RegExp): void {
  const missing = refusal(evaluateApprovals([other, byBo], question), 'policy.approvals-missing', reason);
  assert.match(missing.reason, /^1 of 2 approvals of this \w+ count; /);
  const id = value(readStatement(other)).id;
  assert.equal(missing.detail?.[id], code);
  assert.equal(missing.detail['counted'], 1);
}

test('REQ-OTA-POL-01 dual control: two operators, not one twice', async () => {
  assert.equal(value(evaluateApprovals([byAna, byBo], questionOf())).statements.length, 2);
  refusal(
    evaluateApprovals([], questionOf()),
    'policy.approvals-missing',
    /^0 of 2 approvals of this install count\.$/,
  );
  refusal(evaluateApprovals([byAna], questionOf()), 'policy.approvals-missing', /^1 of 2 approvals/);
  refusal(
    evaluateApprovals([byAna, await approve(ana)], questionOf()),
    'policy.approvals-missing',
    /^1 of 2 approvals/,
  );
});

test('REQ-OTA-POL-01 the policy says how many; none means none', () => {
  for (let required = 0; required <= 3; required += 1) {
    const policy = policyWith({ approvals: { required } });
    assert.equal(evaluateApprovals([], questionOf({ policy })).ok, required === 0);
  }
});

test('REQ-OTA-VER-03 a recovery or a downgrade needs an approval of its own even where installing needs none', async () => {
  const policy = policyWith({ approvals: { required: 0 } });
  const install = await approve(ana, {}, { policy });
  refusal(
    evaluateApprovals([install], questionOf({ policy, kind: 'recovery' })),
    'policy.approvals-missing',
    /^0 of 1 approvals of this recovery count\.$/,
  );
  refusal(evaluateApprovals([install], questionOf({ policy, kind: 'downgrade' })), 'policy.approvals-missing');
  const recovery = await approve(ana, { kind: 'recovery' }, { policy });
  assert.ok(evaluateApprovals([recovery], questionOf({ policy, kind: 'recovery' })).ok);
});

test('REQ-OTA-POL-01 separation of duties: who executes has not approved', () => {
  const reason = /; Tess Berg executes this update, so that operator's own approval does not count\.$/;
  assertNotCounted(byTess, questionOf(), 'policy.approver-executes', reason);
  assert.ok(evaluateApprovals([byTess, byBo], questionOf({ executorIds: [ines.view.id] })).ok);
});

test('REQ-OTA-POL-01 who imported the bundle has not approved, unless the policy lets him', async () => {
  assertNotCounted(
    byAna,
    questionOf({ importerId: ana.view.id }),
    'policy.approver-imported',
    /Ana Ruiz imported this bundle/,
  );
  const policy = policyWith({ approvals: { importerMayApprove: true } });
  const records = [await approve(ana, {}, { policy }), await approve(bo, {}, { policy })];
  assert.ok(evaluateApprovals(records, questionOf({ policy, importerId: ana.view.id })).ok);
});

test('REQ-OTA-POL-01 without separation of duties the executor’s approval counts', async () => {
  const policy = policyWith({ execution: { separateFromApprover: false } });
  const records = [await approve(tess, {}, { policy }), await approve(bo, {}, { policy })];
  assert.ok(evaluateApprovals(records, questionOf({ policy })).ok);
});

test('REQ-OTA-POL-01 approvals expire to the second, and say when the first one does', async () => {
  const early = await approve(ana, {}, { now: later(-10) });
  const { validUntil } = value(evaluateApprovals([early, byBo], questionOf()));
  assert.equal(validUntil, later(62).toISOString());
  assert.ok(evaluateApprovals([early, byBo], questionOf({ now: new Date(later(62).getTime() - 1) })).ok);
  assertNotCounted(
    early,
    questionOf({ now: later(62) }),
    'policy.approval-expired',
    /; The approval by Ana Ruiz expired on 2026-11-24 at 23:00 UTC\.$/,
  );
});

test('REQ-OTA-POL-01 a statement cannot give itself more time than the policy', async () => {
  const statement = { ...value(readStatement(byAna)), expiresAt: '2036-01-01T00:00:00.000Z' };
  const text = canonicalJson(statement);
  const signature = Buffer.from((await ana.reauthenticate()).signOnce(Buffer.from(text))).toString('base64');
  const greedy = { ...byAna, statement: text, signature };
  assert.ok(evaluateApprovals([greedy, byBo], questionOf({ now: new Date(later(72).getTime() - 1) })).ok);
  refusal(
    evaluateApprovals([greedy, byBo], questionOf({ now: later(72) })),
    'policy.approvals-missing',
    /Ana Ruiz expired on 2026-11-25 at 09:00/,
  );
});

test('REQ-OTA-SIG-06 an approval from the future means that the clock is wrong', async () => {
  const ahead = await approve(ana, {}, { now: later(1) });
  assertNotCounted(ahead, questionOf(), 'policy.approval-not-yet-valid', /later than the station's clock shows/);
});

test('REQ-OTA-POL-01 a new policy asks for new approvals', async () => {
  const old = await approve(ana, {}, { policy: policyWith({ approvals: { validForHours: 71 } }) });
  assertNotCounted(
    old,
    questionOf(),
    'policy.approval-policy-changed',
    /Ana Ruiz approved under a policy that has been replaced since/,
  );
});

test('REQ-OTA-POL-01 the scope binds: serial numbers and work order', async () => {
  const forUnits = await approve(ana, { scope: { serials: ['SN-7', 'SN-8'], workOrder: 'WO-1' } });
  assert.ok(evaluateApprovals([forUnits, byBo], questionOf()).ok);
  assertNotCounted(
    forUnits,
    questionOf({ serial: 'SN-9' }),
    'policy.approval-out-of-scope',
    /Ana Ruiz does not cover the unit SN-9/,
  );
  assertNotCounted(forUnits, questionOf({ serial: 'sn-7' }), 'policy.approval-out-of-scope', /unit sn-7/);
  assertNotCounted(
    forUnits,
    questionOf({ serial: null }),
    'policy.approval-out-of-scope',
    /unit without a serial number/,
  );
  assertNotCounted(
    forUnits,
    questionOf({ workOrder: 'WO-2' }),
    'policy.approval-out-of-scope',
    /work order WO-1, not WO-2/,
  );
  assertNotCounted(forUnits, questionOf({ workOrder: null }), 'policy.approval-out-of-scope', /not for none/);
});

test('REQ-OTA-POL-02 what was changed after signing does not count', () => {
  const tampered = { ...byAna, statement: byAna.statement.replace('2026-11-25', '2026-12-25') };
  assertNotCounted(
    tampered,
    questionOf(),
    'policy.approval-signature-invalid',
    /does not verify: the approval or its signature was changed/,
  );
  const unreadable = { ...byAna, statement: '{' };
  const missing = refusal(
    evaluateApprovals([unreadable, byBo], questionOf()),
    'policy.approvals-missing',
    /The approval is not valid JSON/,
  );
  assert.equal(missing.detail?.['unreadable 1'], 'policy.approval-malformed');
});

test('REQ-OTA-POL-01 the approver is looked at now: disabled, other role, new key, or gone', async () => {
  const withAna = (change: Partial<OperatorView>) => questionOf({}, { ...ana.view, ...change });
  assertNotCounted(
    byAna,
    withAna({ status: 'disabled' }),
    'policy.approver-not-allowed',
    /Ana Ruiz's account is disabled/,
  );
  assertNotCounted(byAna, withAna({ roles: ['administrator'] }), 'policy.approver-not-allowed', /may not approve/);
  const renewed = await createSigner(1, 'Ana Ruiz');
  assertNotCounted(
    byAna,
    withAna({ publicKeySha256: renewed.view.publicKeySha256 }),
    'policy.approval-key-unknown',
    /not that operator's present key/,
  );
  assertNotCounted(
    byAna,
    withAna({ publicKeySha256: null }),
    'policy.approval-key-unknown',
    /No operator of this station/,
  );
  const stranger = await createSigner(8, 'Sam Strange');
  assertNotCounted(await approve(stranger), questionOf(), 'policy.approval-key-unknown', /in the name of Sam Strange/);
});

test('REQ-OTA-POL-01 a reason code is asked for again when the approval is used', async () => {
  const policy = policyWith({ approvals: { reasonCodes: ['recall'] } });
  const statement = { ...value(readStatement(byAna)), policyDigest: policy.digest };
  const text = canonicalJson(statement);
  const signature = Buffer.from((await ana.reauthenticate()).signOnce(Buffer.from(text))).toString('base64');
  const codeless = { ...byAna, statement: text, signature };
  const missing = refusal(
    evaluateApprovals([codeless], questionOf({ policy })),
    'policy.approvals-missing',
    /no reason code/,
  );
  assert.equal(missing.detail?.[statement.id], 'policy.reason-code-missing');
});

test('REQ-OTA-POL-01 approvals of another bundle, product or kind neither count nor are complained about', async () => {
  const others = [
    await approve(ana, { bundleDigest: 'c'.repeat(64) }),
    await approve(
      ana,
      { product: 'org.example.other' },
      { policy: { ...policyWith(), document: { ...policyWith().document, product: '*' } } },
    ),
    await approve(ana, { kind: 'recovery' }),
    await approve(ana, downgradeRequest),
  ];
  refusal(
    evaluateApprovals(others, questionOf()),
    'policy.approvals-missing',
    /^0 of 2 approvals of this install count\.$/,
  );
});

test('REQ-OTA-VER-03 a downgrade is approved to one version only', async () => {
  const records = [await approve(ana, downgradeRequest), await approve(bo, downgradeRequest)];
  assert.ok(evaluateApprovals(records, questionOf({ kind: 'downgrade' })).ok);
  refusal(
    evaluateApprovals(records, questionOf({ kind: 'downgrade', imageVersion: 4 })),
    'policy.approvals-missing',
    /downgrade to version 5, not to 4/,
  );
});

test('REQ-OTA-POL-01 whatever the mix, it is accepted exactly when two distinct good approvers are in it', async () => {
  const good = [byAna, byBo, await approve(ines, {}, { importerId: tess.view.id })];
  const bad = [
    byTess,
    { ...byAna, signature: byBo.signature },
    await approve(bo, { scope: { serials: ['SN-1'], workOrder: null } }),
    await approve(ana, { kind: 'recovery' }),
  ];
  const question = questionOf({ importerId: tess.view.id });
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...good, ...bad), { maxLength: 8 }), (records) => {
      const approvers = new Set(records.filter((record) => good.includes(record)));
      assert.equal(evaluateApprovals(records, question).ok, approvers.size >= 2);
    }),
    { seed: 5, numRuns: 150 },
  );
});

test('REQ-OTA-POL-02 an approval that its signer took back counts no more, and a new one of the same operator does', async () => {
  const withdrawn = new Set([value(readStatement(byAna)).id]);
  assertNotCounted(
    byAna,
    questionOf({ withdrawn }),
    'policy.approval-withdrawn',
    /Ana Ruiz has taken the approval back/,
  );
  assert.ok(evaluateApprovals([byAna, byBo, await approve(ana)], questionOf({ withdrawn })).ok);
});
