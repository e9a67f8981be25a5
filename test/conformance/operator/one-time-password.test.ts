import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import * as v from 'valibot';
import { encodeBase32 } from '../../../core/operator/factor/base32.ts';
import {
  findTimeStep,
  oneTimePassword,
  timeStepAt,
  type OneTimePasswordForm,
} from '../../../core/operator/factor/one-time-password.ts';

const Algorithm = v.picklist(['sha1', 'sha256', 'sha512']);
const Digits = v.picklist([6, 8]);
const Vectors = v.object({
  totp: v.array(
    v.object({
      unixTime: v.number(),
      algorithm: Algorithm,
      digits: Digits,
      period: v.number(),
      code: v.string(),
      secretAscii: v.string(),
      secretBase32: v.string(),
    }),
  ),
  hotp: v.array(v.object({ counter: v.number(), algorithm: Algorithm, digits: Digits, code: v.string() })),
});
const path = new URL('../../fixtures/totp/totp-hotp.json', import.meta.url);
const { totp, hotp } = v.parse(Vectors, JSON.parse(readFileSync(path, 'utf8')));

test('REQ-OTA-OPR-01 there is a vector for each row of RFC 6238 Appendix B and of RFC 4226 Appendix D', () => {
  assert.equal(totp.length, 18);
  assert.equal(hotp.length, 10);
});

for (const { unixTime, algorithm, digits, period, code, secretAscii, secretBase32 } of totp) {
  test(`REQ-OTA-OPR-01 RFC 6238 Appendix B: ${algorithm} at ${unixTime} s is ${code}`, () => {
    const form: OneTimePasswordForm = { algorithm, digits, periodSeconds: period };
    const secret = Buffer.from(secretAscii, 'ascii');
    const step = timeStepAt(new Date(unixTime * 1000), form);
    assert.equal(oneTimePassword(secret, step, form), code);
    assert.equal(findTimeStep(secret, code, step + 1, 1, form), step);
    assert.equal(encodeBase32(secret), secretBase32);
  });
}

for (const { counter, algorithm, digits, code } of hotp) {
  test(`REQ-OTA-OPR-01 RFC 4226 Appendix D: count ${counter} is ${code}`, () => {
    const secret = Buffer.from('12345678901234567890', 'ascii');
    assert.equal(oneTimePassword(secret, counter, { algorithm, digits, periodSeconds: 30 }), code);
  });
}

// RFC 4648 §10, without its padding.
const base32Vectors = [
  ['', ''],
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
] as const;
for (const [bytes, text] of base32Vectors) {
  test(`RFC 4648 §10: BASE32("${bytes}") is "${text}"`, () => {
    assert.equal(encodeBase32(Buffer.from(bytes, 'ascii')), text);
  });
}
