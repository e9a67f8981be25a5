import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ErrorCode } from '../../../../contract/error-code.ts';
import { attachTimestamp } from '../../../../core/trust/timestamp/attach-timestamp.ts';
import { fixtureFile } from '../support/fixture.ts';
import { der, hex, integer, sequence } from '../support/cms-builder.ts';
import { buildToken, stamped, token, tstInfo, unstamped, verifyStamped } from '../support/timestamp-builder.ts';

const response = (status: number, ...tokens: readonly Uint8Array[]): Buffer =>
  sequence(sequence(integer(status)), ...tokens);

test('REQ-OTA-SIG-01 a timestamp is put where an independent encoder puts it', () => {
  const made = attachTimestamp(unstamped, token('p256'));
  assert.ok(made.ok);
  assert.deepEqual(made.value, stamped('p256'));
});

test('REQ-OTA-SIG-01 each timestamp finds the signer that it is about', () => {
  const two = fixtureFile('cms/two.der');
  const first = attachTimestamp(two, token('two-1'));
  assert.ok(first.ok);
  const both = attachTimestamp(first.value, token('two-0'));
  assert.ok(both.ok);
  assert.deepEqual(both.value, stamped('two'));
  assert.ok(verifyStamped(both.value, { requireTimestamp: true, threshold: 2 }).ok);
});

test('REQ-OTA-SIG-01 a second timestamp of one signature goes beside the first', () => {
  const made = attachTimestamp(stamped('p256'), token('rsa'));
  assert.ok(made.ok);
  assert.ok(verifyStamped(made.value, { requireTimestamp: true }).ok);
});

test('REQ-OTA-SIG-01 the answer of an authority is taken as it was sent', () => {
  const made = attachTimestamp(unstamped, response(0, token('p256')));
  assert.ok(made.ok);
  assert.deepEqual(made.value, stamped('p256'));
});

const crafted = [1, 2, 3, 4].map((serial) => buildToken({ content: tstInfo({ serial: integer(serial) }) }));
const full = crafted.reduce<Uint8Array>((cms, one) => {
  const made = attachTimestamp(cms, one);
  assert.ok(made.ok);
  return made.value;
}, unstamped);

const refusals: readonly (readonly [title: string, code: ErrorCode, cms: Uint8Array, answer: Uint8Array])[] = [
  ['a timestamp of another signature', 'trust.timestamp-imprint', unstamped, token('two-0')],
  ['a timestamp of none of two signatures', 'trust.timestamp-imprint', fixtureFile('cms/two.der'), token('p256')],
  ['a timestamp without its certificate', 'trust.timestamp-signer', unstamped, token('without-certificate')],
  ['an authority’s refusal', 'trust.timestamp-malformed', unstamped, response(2)],
  ['a grant without a token', 'trust.timestamp-malformed', unstamped, response(0)],
  ['bytes behind the answer', 'trust.timestamp-malformed', unstamped, Buffer.concat([token('p256'), hex('00')])],
  ['an answer that is no DER', 'trust.timestamp-malformed', unstamped, Buffer.from('<html>')],
  ['a certificate instead of an answer', 'trust.timestamp-malformed', unstamped, der(0x30, integer(1))],
  ['a fifth timestamp', 'trust.timestamp-malformed', full, token('p256')],
  ['a signature file that is none', 'trust.cms-not-der', Buffer.from('{}'), token('p256')],
];

for (const [title, code, cms, answer] of refusals) {
  test(`REQ-OTA-SIG-01 adding a timestamp refuses ${title}`, () => {
    const made = attachTimestamp(cms, answer);
    assert.equal(made.ok ? 'accept' : made.code, code, made.ok ? '' : made.reason);
  });
}
