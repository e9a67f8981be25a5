import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { ErrorCode } from '../../../contract/error-code.ts';
import { oid } from '../../../core/trust/oid.ts';
import { readPemBlocks } from '../../../core/trust/pem.ts';
import { verifyChain } from '../../../core/trust/verify-chain.ts';
import { verifyCms } from '../../../core/trust/verify-cms.ts';

const folder = new URL('../../fixtures/trust/vectors/cms/', import.meta.url);
const vector = (name: string): Buffer => readFileSync(new URL(name, folder));
const content = vector('eddsa-content.bin');

/** What each file of another project is refused for; the detached Ed25519 one verifies and fails on its missing purpose only. */
const expected: readonly (readonly [file: string, code: ErrorCode])[] = [
  ['eddsa-detached.cms', 'trust.extended-key-usage'],
  ['eddsa-attached.cms', 'trust.cms-content-included'],
  ['eddsa-attached-noattrs.cms', 'trust.cms-content-included'],
  ['eddsa-attached-badsig.cms', 'trust.cms-content-included'],
  ['eddsa-attached-badcontent.cms', 'trust.cms-content-included'],
  ['openssl-bad_signtime_attr.cms', 'trust.cms-not-der'],
  ['openssl-ct_multiple_attr.cms', 'trust.cms-not-der'],
  ['openssl-no_ct_attr.cms', 'trust.cms-not-der'],
  ['openssl-no_md_attr.cms', 'trust.cms-not-der'],
  ['openssl-pkcs7-md4.pem', 'trust.cms-not-der'],
  ['openssl-rsa-malformed.der', 'trust.cms-not-signed-data'],
  ['rfc5652-contentinfo.der', 'trust.cms-malformed'],
  ['rfc6211-signed-cms-algorithm-protect.der', 'trust.cms-content-included'],
  ['rfc5035-signed-message-ess.der', 'trust.cms-content-included'],
  ['rfc5035-signed-receipt.der', 'trust.cms-malformed'],
  ['rfc8708-hss-lms-signed.der', 'trust.cms-content-included'],
  ['rfc8702-authenticated-data.der', 'trust.cms-not-signed-data'],
  ['rfc5083-authenveloped.der', 'trust.cms-malformed'],
  ['rfc2315-certs-only-unordered.der', 'trust.cms-no-signer'],
  ['rfc2315-certs-only-reordered.der', 'trust.cms-no-signer'],
  ['rustcrypto-cms_ber.bin', 'trust.cms-not-der'],
  ['rustcrypto-cms_der.bin', 'trust.cms-content-included'],
  ['rustcrypto-sd.cms', 'trust.cms-content-included'],
  ['rustcrypto-pkits.p7b', 'trust.cms-no-signer'],
  ['rustcrypto-signer_info_explicit_attrs.bin', 'trust.cms-not-der'],
  ['rustcrypto-signer_info_sequence_not_set.bin', 'trust.cms-malformed'],
  ['rustcrypto-digested_data.bin', 'trust.cms-not-signed-data'],
  ['rustcrypto-enveloped_data_ktri.bin', 'trust.cms-not-signed-data'],
];

function verify(file: string, signed = content): string {
  const at = new Date('2026-11-22T00:00:00Z');
  const result = verifyCms({
    cms: vector(file),
    content: signed,
    rootsDer: [vector('eddsa-ca.der')],
    crlsDer: [],
    at,
    eku: oid.codeSigning,
  });
  return result.ok ? 'accept' : result.code;
}

for (const [file, code] of expected) {
  test(`REQ-OTA-SIG-01 refuses ${file} (${code})`, () => assert.equal(verify(file), code));
}

test('REQ-OTA-SIG-01 refuses every file of the folder', () => {
  for (const file of readdirSync(folder)) assert.notEqual(verify(file), 'accept', file);
});

test('REQ-OTA-SIG-01 Bouncy Castle’s Ed25519 signature holds for its content only', () => {
  assert.equal(verify('eddsa-detached.cms', Buffer.from('other')), 'trust.cms-digest-mismatch');
});

const timeStamping = '1.3.6.1.5.5.7.3.8';
const pem = (name: string): Uint8Array => {
  const blocks = readPemBlocks(vector(name));
  assert.ok(blocks.ok);
  const [first] = blocks.value;
  assert.ok(first);
  return first.der;
};
const sectigo = ['time-stamping-ca', 'user-trust-ca-aaa'].map((name) =>
  pem(`openssl-ts-${name}.pem`.replace('ts-time', 'ts-sectigo-time')),
);

for (const [root, length] of [
  ['openssl-ts-user-trust-ca.pem', 3],
  ['openssl-ts-comodo-aaa.pem', 4],
] as const) {
  test(`REQ-OTA-SIG-02 accepts a real public chain up to ${root}, cross-signed on the way`, () => {
    const result = verifyChain({
      leafDer: pem('openssl-ts-sectigo-signer.pem'),
      intermediatesDer: sectigo,
      rootsDer: [pem(root)],
      crlsDer: [],
      at: new Date('2021-06-01T00:00:00Z'),
      eku: timeStamping,
    });
    assert.ok(result.ok, result.ok ? '' : result.reason);
    assert.equal(result.path.length, length);
  });
}
