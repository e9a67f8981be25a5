import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMissingAlgorithms } from '../../../core/trust/algorithm-self-test.ts';
import { knownAnswers } from '../../../core/trust/known-answers.ts';

test('REQ-OTA-SIG-01 this runtime has every algorithm', () => {
  assert.deepEqual(findMissingAlgorithms(), []);
});

test('REQ-OTA-SIG-01 names an algorithm that the runtime does not know', () => {
  const [digest] = knownAnswers.digests;
  assert.ok(digest);
  const unknown = { ...digest, name: 'SHA-0', algorithm: 'sha0' };
  assert.deepEqual(findMissingAlgorithms({ digests: [unknown], signatures: [] }), ['SHA-0']);
});

test('REQ-OTA-SIG-01 names an algorithm that answers wrongly', () => {
  const signatures = knownAnswers.signatures.map((known) => ({ ...known, messageHex: '00' }));
  const names = signatures.map(({ name }) => name);
  assert.deepEqual(findMissingAlgorithms({ digests: [], signatures }), names);
});
