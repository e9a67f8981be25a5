import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { ErrorCode } from '../../../../contract/error-code.ts';
import type { CmsInput } from '../../../../core/trust/verify-cms.ts';
import { fixtureFile, pemBody } from '../support/fixture.ts';
import {
  afterStamps,
  pinned,
  stamped,
  tsaCertificate,
  unstamped,
  verifyStamped,
} from '../support/timestamp-builder.ts';

/* Tokens that `openssl ts` made over signatures that `openssl cms` made; see fixtures/trust/timestamp/make.sh. */

const revocations = pemBody(fixtureFile('timestamp/crls/revokes.pem'));

const rows: readonly (readonly [
  title: string,
  expected: 'stamped' | 'not stamped' | ErrorCode,
  file: string,
  rules?: Partial<CmsInput>,
])[] = [
  ['an ECDSA P-256 timestamp with SHA-256', 'stamped', 'p256'],
  ['a timestamp with SHA-384, a fraction of a second and ordering', 'stamped', 'p256-sha384'],
  ['a timestamp with SHA-512 that does not name its authority', 'stamped', 'p256-sha512'],
  ['an RSA timestamp', 'stamped', 'rsa'],
  ['a timestamp over an Ed25519 signature', 'stamped', 'ed25519'],
  ['a timestamp with the older signing-certificate attribute', 'stamped', 'ess-v1'],
  ['two timestamps of one signature', 'stamped', 'two-authorities'],
  ['two signers with a timestamp each', 'stamped', 'two'],
  ['a timestamp beside one of an authority that is not pinned', 'stamped', 'with-stranger'],
  ['an unexpired authority under its revocation list', 'stamped', 'p256', { crlsDer: [revocations] }],

  ['a timestamp of an authority that is not pinned', 'not stamped', 'stranger'],
  ['whatever timestamp where no authority is pinned', 'not stamped', 'other-data', { tsaRootsDer: [] }],

  ['a timestamp whose signer’s certificate is nowhere', 'trust.timestamp-signer', 'without-certificate'],
  ['a timestamp over a SHA-1 imprint', 'trust.algorithm-refused', 'imprint-sha1'],
  ['a timestamp that is signed with SHA-1', 'trust.algorithm-refused', 'signed-sha1'],
  ['an authority whose certificate has expired', 'trust.timestamp-authority', 'expired'],
  ['an authority that is revoked', 'trust.timestamp-authority', 'revoked', { crlsDer: [revocations] }],
  ['a timestamp of other data', 'trust.timestamp-imprint', 'other-data'],
  ['a genuine timestamp that was moved to another signature', 'trust.timestamp-imprint', 'moved'],
  ['a timestamp from the future', 'trust.timestamp-time', 'p256', { at: new Date('2026-11-22T09:00:00Z') }],
  ['a missing timestamp where one is demanded', 'trust.timestamp-missing', 'stranger', { requireTimestamp: true }],
  ['one stamped signer of two where both must be', 'trust.timestamp-missing', 'two-half', { requireTimestamp: true }],
  [
    'a demanded timestamp where no authority is pinned',
    'trust.timestamp-missing',
    'p256',
    { tsaRootsDer: [], requireTimestamp: true },
  ],
  [
    'the bundle signers’ root as an authority',
    'not stamped',
    'p256',
    { tsaRootsDer: [pemBody(fixtureFile('certs/root.pem'))] },
  ],
];

for (const [title, expected, file, rules] of rows) {
  test(`REQ-OTA-SIG-01 ${expected.startsWith('trust.') ? 'refuses' : `takes as ${expected}`} ${title}`, () => {
    const result = verifyStamped(stamped(file), rules);
    if (!result.ok) {
      assert.equal(result.code, expected, result.reason);
      return;
    }
    const times = result.signers.map(({ timestamp }) => timestamp !== undefined);
    assert.deepEqual(
      times,
      times.map(() => expected === 'stamped'),
    );
  });
}

test('REQ-OTA-SIG-01 a verified timestamp says when, by whom, and down to which anchor', () => {
  const result = verifyStamped(stamped('p256'));
  assert.ok(result.ok);
  const [signer] = result.signers;
  assert.ok(signer?.timestamp);
  const { time, accuracyMs, tsaSubject, tsaFingerprintSha256, serial, policy, path } = signer.timestamp;
  assert.ok(time < afterStamps);
  assert.equal(accuracyMs, 1501);
  assert.equal(tsaSubject, 'tsa');
  assert.equal(tsaFingerprintSha256, createHash('sha256').update(tsaCertificate('tsa')).digest('hex'));
  assert.match(serial, /^[0-9a-f]+$/);
  assert.equal(policy, '1.3.6.1.4.1.55555.1');
  assert.deepEqual(
    path.map(({ der }) => Buffer.from(der)),
    [tsaCertificate('tsa'), tsaCertificate('tsa-root')],
  );
});

test('REQ-OTA-SIG-01 a file without a timestamp is accepted unless one is demanded', () => {
  const plain = verifyStamped(unstamped);
  assert.ok(plain.ok);
  assert.equal(plain.signers[0]?.timestamp, undefined);
  const demanded = verifyStamped(unstamped, { requireTimestamp: true });
  assert.equal(demanded.ok ? '' : demanded.code, 'trust.timestamp-missing');
});

test('REQ-OTA-SIG-02 a timestamp from within its validity does not bring an expired signer back', () => {
  const result = verifyStamped(stamped('p256'), { ...pinned, at: new Date('2125-01-01T00:00:00Z') });
  assert.equal(result.ok ? '' : result.code, 'trust.expired');
});

test('REQ-OTA-SIG-02 the refusal of an authority says which check of its path failed', () => {
  const result = verifyStamped(stamped('expired'));
  assert.ok(!result.ok);
  assert.equal(result.detail?.['cause'], 'trust.expired');
  assert.match(result.reason, /tsa-expired/);
});
