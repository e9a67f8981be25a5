import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalJson } from '../../../core/canonical-json.ts';
import { verifyApproval } from '../../../core/policy/approval.ts';
import { evaluateApprovals } from '../../../core/policy/evaluate-approvals.ts';
import { parsePolicy } from '../../../core/policy/policy-document.ts';
import { value } from '../../unit/operator/operator-bench.ts';
import { ana, approve, policyWith, questionOf, twoApprovals } from '../../unit/policy/policy-bench.ts';

const record = await approve(ana);
const trusted = ana.view.publicKeySha256 ?? '';

/** Cuts, doubles, inserts or flips at a random place. */
const damage = (text: string) =>
  fc
    .tuple(fc.nat({ max: text.length }), fc.nat({ max: 12 }), fc.string({ maxLength: 6 }))
    .map(([at, cut, put]) => text.slice(0, at) + put + text.slice(at + cut));

test('REQ-OTA-POL-01 a damaged policy is refused, or says the same as one that is laid out anew', () => {
  const text = JSON.stringify(twoApprovals, null, 2);
  fc.assert(
    fc.property(damage(text), (damaged) => {
      const result = parsePolicy(Buffer.from(damaged));
      if (!result.ok) assert.equal(result.code, 'policy.document-invalid');
      else assert.deepEqual(value(parsePolicy(Buffer.from(canonicalJson(result.value.document)))), result.value);
    }),
    { seed: 29, numRuns: 1500 },
  );
});

test('REQ-OTA-POL-01 any bytes as a policy get an answer, never an exception', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.uint8Array({ maxLength: 200 }),
        fc.json().map((json) => Buffer.from(json)),
      ),
      (bytes) => {
        assert.ok(!parsePolicy(bytes).ok);
      },
    ),
    { seed: 31, numRuns: 1500 },
  );
});

test('REQ-OTA-POL-02 no damaged approval verifies', () => {
  const fields = fc.constantFrom('statement', 'signature', 'publicKey');
  fc.assert(
    fc.property(
      fields.chain((field) => damage(record[field]).map((text) => ({ ...record, [field]: text }))),
      (damaged) => {
        fc.pre(canonicalJson(damaged) !== canonicalJson(record));
        assert.ok(!verifyApproval(damaged, trusted).ok);
        const policy = policyWith({ approvals: { required: 1 } });
        assert.ok(!evaluateApprovals([damaged], questionOf({ policy })).ok);
      },
    ),
    { seed: 37, numRuns: 1000 },
  );
});
