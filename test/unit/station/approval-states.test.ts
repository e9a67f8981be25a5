import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accept, refuse } from '../../../contract/result.ts';
import { findApprovalStates } from '../../../core/station/approval-states.ts';
import type { PendingSources } from '../../../core/station/pending-approvals.ts';
import { imageFor, manifestFor } from '../../helpers/test-bundle.ts';

const digest = 'a'.repeat(64);
const sources = {
  policies: { findFor: () => refuse('policy.missing', 'No policy is in force for drydock.virtual-unit.') },
  repository: {},
  bundles: { get: () => ({ digest, manifest: manifestFor([imageFor(Buffer.from('x'))]), importedBy: 'x' }) },
  operators: { list: () => [] },
  trustedNow: () => accept(new Date('2026-11-22T09:00:00Z')),
} as unknown as PendingSources;
const question = { kind: 'install', bundleDigests: [digest] } as const;

test('REQ-OTA-POL-01 where no policy is in force nobody is told that approvals are complete', () => {
  const reason = 'No policy is in force for drydock.virtual-unit.';
  assert.deepEqual(
    findApprovalStates(question, sources),
    accept([{ bundleDigest: digest, state: 'no-policy', reason }]),
  );
});

test('REQ-OTA-POL-01 with a clock that is not believed nothing is said of approvals', () => {
  const trustedNow = () => refuse('trust.clock-below-floor', 'The clock is wrong.');
  const answer = findApprovalStates(question, { ...sources, trustedNow });
  assert.equal(answer.ok ? '' : answer.code, 'trust.clock-below-floor');
});
