import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PolicyDocument } from '../../../contract/schema/policy.ts';
import { comparePolicies } from '../../../core/policy/compare-policies.ts';
import { leavesOf, twoApprovals } from './policy-bench.ts';

const before: PolicyDocument = {
  ...twoApprovals,
  revocation: { crl: 'optional', maxAgeHours: 100 },
  updateWindows: [{ days: ['mon', 'tue'], from: '22:00', to: '04:30' }],
};
const { approvals, execution, selfTest } = before;

/** The one difference that a change makes. */
function effectOf(change: Partial<PolicyDocument>, from: PolicyDocument = before): readonly string[] {
  const differences = comparePolicies(from, { ...from, ...change });
  return differences.map(({ path, effect }) => `${path} ${effect}`);
}

test('REQ-OTA-POL-01 a policy differs in nothing from itself, and not in the order of what has none', () => {
  assert.deepEqual(comparePolicies(before, structuredClone(before)), []);
  const roles = { ...approvals, roles: ['approver', 'administrator'] as typeof approvals.roles };
  const turned = { ...approvals, roles: ['administrator', 'approver'] as typeof approvals.roles };
  assert.deepEqual(effectOf({ approvals: turned }, { ...before, approvals: roles }), []);
});

test('REQ-OTA-POL-01 what makes a policy stricter or weaker is told, both ways', () => {
  const steps: readonly (readonly [PolicyDocument, PolicyDocument, string])[] = [
    [before, { ...before, signatures: { threshold: 8 } }, 'signatures.threshold'],
    [before, { ...before, revocation: { crl: 'required', maxAgeHours: 100 } }, 'revocation.crl'],
    [before, { ...before, revocation: { crl: 'optional', maxAgeHours: 10 } }, 'revocation.maxAgeHours'],
    [{ ...before, revocation: { crl: 'optional', maxAgeHours: null } }, before, 'revocation.maxAgeHours'],
    [before, { ...before, approvals: { ...approvals, required: 5 } }, 'approvals.required'],
    [{ ...before, approvals: { ...approvals, roles: ['approver', 'technician'] } }, before, 'approvals.roles'],
    [before, { ...before, approvals: { ...approvals, validForHours: 1 } }, 'approvals.validForHours'],
    [before, { ...before, approvals: { ...approvals, reasonCodes: ['recall'] } }, 'approvals.reasonCodes'],
    [{ ...before, approvals: { ...approvals, importerMayApprove: true } }, before, 'approvals.importerMayApprove'],
    [{ ...before, execution: { ...execution, separateFromApprover: false } }, before, 'execution.separateFromApprover'],
    [{ ...before, updateWindows: [] }, before, 'updateWindows'],
    [before, { ...before, selfTest: { ...selfTest, required: [...selfTest.required, 'more'] } }, 'selfTest.required'],
  ];
  for (const [weak, strict, path] of steps) {
    assert.deepEqual(effectOf(strict, weak), [`${path} stricter`]);
    assert.deepEqual(effectOf(weak, strict), [`${path} weaker`]);
  }
});

test('REQ-OTA-POL-01 what is neither is said to be neither', () => {
  assert.deepEqual(effectOf({ onSelfTestFailure: before.onSelfTestFailure === 'hold' ? 'revert' : 'hold' }), [
    'onSelfTestFailure other',
  ]);
  assert.deepEqual(effectOf({ execution: { ...execution, roles: ['administrator'] } }), ['execution.roles other']);
  assert.ok(comparePolicies(null, before).every(({ before: old, effect }) => old === null && effect === 'other'));
});

test('a difference is written as a person reads it', () => {
  const [windows] = comparePolicies({ ...before, updateWindows: [] }, before);
  assert.deepEqual(windows, {
    path: 'updateWindows',
    before: 'none',
    after: 'mon tue 22:00–04:30 UTC',
    effect: 'stricter',
  });
  const unlimited = { ...before, revocation: { crl: 'optional' as const, maxAgeHours: null } };
  assert.deepEqual(
    comparePolicies(before, unlimited).map((row) => [row.before, row.after]),
    [['100', 'no limit']],
  );
});

test('REQ-OTA-POL-01 no field of a policy is left out of the comparison', () => {
  const compared = new Set(comparePolicies(null, before).map(({ path }) => path));
  for (const { path } of leavesOf(before)) {
    const name = path.filter((key) => !/^\d+$/.test(key)).join('.');
    const isFormat = name === 'format';
    assert.ok(isFormat || [...compared].some((known) => name === known || name.startsWith(`${known}.`)), name);
  }
  assert.ok(PolicyDocument.entries.format.literal.length > 0);
});
