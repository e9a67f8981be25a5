import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { PolicyDocument } from '../../../contract/schema/policy.ts';
import { canonicalJson } from '../../../core/canonical-json.ts';
import { sha256Hex } from '../../../core/digest.ts';
import { checkExecutor } from '../../../core/policy/executor.ts';
import { parsePolicy } from '../../../core/policy/policy-document.ts';
import { refusal, value } from '../operator/operator-bench.ts';
import { ana, tess, twoApprovals } from './policy-bench.ts';

const parse = (document: object) => parsePolicy(Buffer.from(JSON.stringify(document)));

test('REQ-OTA-POL-01 the default policy is valid, and asks for an approver who does not execute', () => {
  const { document } = value(
    parsePolicy(readFileSync(new URL('../../../resources/default-policy.json', import.meta.url))),
  );
  assert.equal(document.product, '*');
  assert.ok(document.approvals.required >= 1 && document.execution.separateFromApprover);
  assert.equal(document.onSelfTestFailure, 'revert');
});

test('REQ-OTA-POL-01 a policy’s digest depends on what it says, not on how it is laid out', () => {
  const policy = value(parse(twoApprovals));
  assert.equal(policy.digest, sha256Hex(Buffer.from(canonicalJson(twoApprovals))));
  const turned = Object.fromEntries(Object.entries(twoApprovals).reverse());
  assert.equal(value(parsePolicy(Buffer.from(`  ${JSON.stringify(turned, null, 4)}\n`))).digest, policy.digest);
  assert.notEqual(value(parse({ ...twoApprovals, onSelfTestFailure: 'hold' })).digest, policy.digest);
});

test('REQ-OTA-POL-01 a policy may say what it asks about revocation; one that says nothing reads, and digests, as it did before', () => {
  assert.ok(!('revocation' in value(parse(twoApprovals)).document));
  const revocation = { crl: 'required', maxAgeHours: 48 } as const;
  const policy = value(parse({ ...twoApprovals, revocation }));
  assert.deepEqual(policy.document.revocation, revocation);
  assert.notEqual(policy.digest, value(parse(twoApprovals)).digest);
  value(parse({ ...twoApprovals, revocation: { crl: 'optional', maxAgeHours: null } }));
  for (const bad of [
    {},
    null,
    { crl: 'required' },
    { crl: 'always', maxAgeHours: null },
    { crl: 'required', maxAgeHours: 0 },
    { ...revocation, extra: 1 },
  ])
    refusal(parse({ ...twoApprovals, revocation: bad }), 'policy.document-invalid');
});

test('REQ-OTA-POL-01 reports every bad field with its path', () => {
  const bad = {
    ...twoApprovals,
    product: 'Not A Product',
    approvals: { ...twoApprovals.approvals, required: 6, extra: true },
    updateWindows: [{ days: ['mon'], from: '08:00', to: '25:00' }],
  };
  const { reason } = refusal(parse(bad), 'policy.document-invalid');
  for (const path of ['product:', 'approvals.required:', 'approvals.extra:', 'updateWindows.0.to:'])
    assert.ok(reason.includes(path), `${path} in ${reason}`);
});

test('REQ-OTA-POL-01 refuses values outside of their bounds', () => {
  const { approvals, execution } = twoApprovals;
  const window = { days: ['mon'], from: '08:00', to: '09:00' };
  const bad: object[] = [
    { format: 'drydock-policy/2' },
    { product: '' },
    { signatures: { threshold: 0 } },
    { signatures: { threshold: 9 } },
    { approvals: { ...approvals, required: -1 } },
    { approvals: { ...approvals, required: 1.5 } },
    { approvals: { ...approvals, roles: [] } },
    { approvals: { ...approvals, roles: ['auditor'] } },
    { approvals: { ...approvals, roles: ['approver', 'approver'] } },
    { approvals: { ...approvals, validForHours: 0 } },
    { approvals: { ...approvals, reasonCodes: ['Has Spaces'] } },
    { approvals: { ...approvals, reasonCodes: ['a', 'a'] } },
    { execution: { ...execution, roles: ['auditor'] } },
    { execution: { ...execution, separateFromApprover: 'yes' } },
    { updateWindows: [{ ...window, to: '08:00' }] },
    { updateWindows: [{ ...window, from: '24:00' }] },
    { updateWindows: [{ ...window, from: '8:00' }] },
    { updateWindows: [{ ...window, days: [] }] },
    { updateWindows: [{ ...window, days: ['mon', 'mon'] }] },
    { updateWindows: Array.from({ length: 33 }, () => window) },
    { selfTest: { required: ['flow', 'flow'], timeoutSeconds: 60 } },
    { selfTest: { required: [''], timeoutSeconds: 60 } },
    { selfTest: { required: [], timeoutSeconds: 0 } },
    { onSelfTestFailure: 'ignore' },
    { retries: { stage: 11 } },
    { timeouts: { rebootSeconds: 0 } },
    { unknown: 1 },
  ];
  for (const change of bad) refusal(parse({ ...twoApprovals, ...change }), 'policy.document-invalid');
  const { retries, ...incomplete } = twoApprovals;
  assert.equal(retries.stage, 2);
  refusal(parse(incomplete), 'policy.document-invalid', /retries/);
});

test('REQ-OTA-POL-01 refuses duplicate keys and documents that are too big or no JSON', () => {
  const text = JSON.stringify(twoApprovals);
  refusal(
    parsePolicy(Buffer.from(text.replace('"required":2', '"required":2,"required":0'))),
    'policy.document-invalid',
    /key "required" twice/,
  );
  refusal(parsePolicy(Buffer.alloc(256 * 1024 + 1, 0x20)), 'policy.document-invalid', /at most 262144/);
  refusal(parsePolicy(Buffer.from('{')), 'policy.document-invalid');
  refusal(parsePolicy(Buffer.from('null')), 'policy.document-invalid');
});

test('REQ-OTA-POL-01 the policy says which roles may execute', () => {
  assert.ok(checkExecutor(twoApprovals, tess.view).ok);
  const reason = /^Ana Ruiz \(approver\) may not execute updates of this product; its policy allows: technician\.$/;
  refusal(checkExecutor(twoApprovals, ana.view), 'policy.executor-not-allowed', reason);
  refusal(checkExecutor(twoApprovals, { ...tess.view, status: 'disabled' }), 'policy.executor-not-allowed');
  const widened: PolicyDocument = { ...twoApprovals, execution: { roles: ['approver'], separateFromApprover: true } };
  assert.ok(checkExecutor(widened, ana.view).ok);
});
