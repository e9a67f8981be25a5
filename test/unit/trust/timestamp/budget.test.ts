import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readDer } from '../../../../core/trust/der/read-der.ts';
import { unwrap } from '../../../../core/trust/der/read-strictly.ts';
import { checkToken, readTimestampToken } from '../../../../core/trust/timestamp/timestamp-token.ts';
import { WorkBudget, workLimits } from '../../../../core/trust/work-budget.ts';
import { itsSignature, token, tsaCertificate } from '../support/timestamp-builder.ts';

const limits = { maxLenBytes: 64 * 1024, maxDepth: 32, maxNodes: 4096 };
const node = readDer(token('p256'), limits);
const codeOf = (work: () => unknown): string => {
  try {
    work();
    return 'within';
  } catch (error) {
    return (error as { refusal: { code: string } }).refusal.code;
  }
};

test('REQ-OTA-SIG-01 the check of a timestamp’s signature spends one signature and the bytes that are hashed for it', () => {
  const budget = new WorkBudget();
  const read = unwrap(readTimestampToken(node, [], budget));
  budget.spend('signatures', workLimits.signatures - 1);
  assert.ok(checkToken(read, itsSignature, budget).ok);
  assert.equal(
    codeOf(() => budget.spend('signatures')),
    'trust.budget-exceeded',
  );
  const enough = read.signedData.content.length;
  const almost = new WorkBudget();
  almost.spend('signedBytes', workLimits.signedBytes - enough);
  const refused = checkToken(read, itsSignature, almost);
  assert.equal(refused.ok ? '' : refused.detail?.['budget'], 'signedBytes');
});

test('REQ-OTA-SIG-01 no signature of a timestamp is checked that the budget does not allow, and the refusal says so by its own name', () => {
  const budget = new WorkBudget();
  const read = unwrap(readTimestampToken(node, [], budget));
  budget.spend('signatures', workLimits.signatures);
  const refused = checkToken(read, itsSignature, budget);
  assert.equal(refused.ok ? '' : refused.code, 'trust.budget-exceeded');
  assert.equal(refused.ok ? '' : refused.detail?.['budget'], 'signatures');
});

test('REQ-OTA-SIG-01 the certificates in a timestamp count as certificates that are read', () => {
  const left = tsaCertificate('tsa').length;
  const enough = new WorkBudget();
  enough.spend('certificateBytes', workLimits.certificateBytes - left);
  assert.ok(readTimestampToken(node, [], enough).ok);
  const short = new WorkBudget();
  short.spend('certificateBytes', workLimits.certificateBytes - left + 1);
  const refused = readTimestampToken(node, [], short);
  assert.equal(refused.ok ? '' : refused.code, 'trust.budget-exceeded');
});
