import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testCms, verifyFile } from '../support/cms-case.ts';
import { certificate, crl, fixtureFile } from '../support/fixture.ts';

const cms = (name: string): Buffer => fixtureFile(`cms/${name}.der`);
const threshold = (count: number): { threshold: number } => ({ threshold: count });

testCms('REQ-OTA-SIG-01', [
  ['OpenSSL’s ECDSA P-256', 'accept', cms('p256')],
  ['OpenSSL’s ECDSA P-256 with SHA-384', 'accept', cms('p256-sha384')],
  ['OpenSSL’s ECDSA P-256 with SHA-512', 'accept', cms('p256-sha512')],
  ['OpenSSL’s ECDSA P-384', 'accept', cms('p384')],
  ['GnuTLS’s Ed25519 with SHA-512 (RFC 8419)', 'accept', cms('ed25519')],
  ['OpenSSL’s RSA PKCS#1 v1.5, whose algorithm is rsaEncryption (RFC 5754 §3.2)', 'accept', cms('rsa')],
  ['OpenSSL’s RSA with SHA-512', 'accept', cms('rsa-sha512')],
  ['OpenSSL’s RSASSA-PSS', 'accept', cms('rsa-pss')],
  ['a signer named by key identifier (RFC 5652 §5.3)', 'accept', cms('keyid')],
  ['the signing-certificate attribute of CAdES (RFC 5035)', 'accept', cms('cades')],
  ['no S/MIME capabilities', 'accept', cms('nosmimecap')],
  ['a signer straight under the root', 'accept', cms('direct')],
  ['foreign certificates in the file', 'accept', cms('injected')],
  ['other content (§5.6)', 'trust.cms-digest-mismatch', cms('p256'), { content: fixtureFile('cms/other-content.bin') }],
  ['content that was changed by text mode', 'trust.cms-digest-mismatch', cms('text-mode')],
  ['a signature without signed attributes (§5.3)', 'trust.cms-signed-attributes', cms('noattr')],
  ['a signature that brings its content', 'trust.cms-content-included', cms('nodetach')],
  ['BER of -stream', 'trust.cms-not-der', cms('stream')],
  ['BER of -stream with content', 'trust.cms-not-der', cms('stream-nodetach')],
  ['PEM', 'trust.cms-not-der', fixtureFile('cms/pem.pem')],
  ['S/MIME', 'trust.cms-not-der', fixtureFile('cms/smime.txt')],
  ['an empty file', 'trust.cms-not-der', Buffer.alloc(0)],
  ['a byte after the end', 'trust.cms-not-der', Buffer.concat([cms('p256'), Buffer.from([0])])],
  ['a file that is cut off', 'trust.cms-not-der', cms('p256').subarray(0, -1)],
  ['a file beyond the size limit', 'trust.cms-not-der', Buffer.alloc(4 * 1024 * 1024 + 1, 0x30)],
  ['another content type than id-data', 'trust.cms-malformed', cms('econtent-type')],
  ['EnvelopedData', 'trust.cms-not-signed-data', cms('enveloped')],
  ['DigestedData', 'trust.cms-not-signed-data', cms('digested')],
  ['plain Data', 'trust.cms-not-signed-data', cms('data')],
  ['certificates without a signer', 'trust.cms-no-signer', cms('certs-only')],
  ['a signer whose certificate is missing', 'trust.cms-signer-certificate', cms('nocerts')],
  ['SHA-1, by name', 'trust.algorithm-refused', cms('sha1')],
  ['SHA-224, by name', 'trust.algorithm-refused', cms('sha224')],
  ['a signer with RSA 2048', 'trust.key-weak', cms('rsa2048')],
]);

testCms('REQ-OTA-SIG-02', [
  ['a file without the intermediate', 'trust.no-path', cms('without-intermediate')],
  ['an expired signer', 'trust.expired', cms('expired')],
  ['a signer for another purpose', 'trust.extended-key-usage', cms('server-auth')],
  ['a signer that is not pinned and signed itself', 'trust.signature-invalid', cms('self-signed')],
  ['a root that only the file brings', 'trust.no-path', cms('injected'), { rootsDer: [certificate('root384')] }],
  ['a signer that a CRL of the station revokes', 'trust.revoked', cms('p256'), { crlsDer: [crl('ica-revokes-leaf')] }],
]);

testCms('REQ-OTA-SIG-03', [
  ['two distinct keys where two are needed', 'accept', cms('two'), threshold(2)],
  ['two distinct keys named by key identifier', 'accept', cms('two-ids'), threshold(2)],
  ['one key where two are needed', 'trust.threshold-not-met', cms('p256'), threshold(2)],
  [
    'one key with two certificates where two keys are needed',
    'trust.threshold-not-met',
    cms('same-key-twice'),
    threshold(2),
  ],
  ['a threshold of nobody', 'trust.threshold-not-met', cms('p256'), threshold(0)],
  [
    'two signers of which one does not chain, though one would do',
    'trust.no-path',
    cms('one-of-two-untrusted'),
    { rootsDer: [certificate('root')] },
  ],
]);

test('REQ-OTA-SIG-01 the hint for BER says how to sign', () => {
  const result = verifyFile(cms('stream'));
  assert.ok(!result.ok);
  assert.match(result.reason, /openssl cms -sign -binary -outform DER/);
});

test('REQ-OTA-SIG-01 answers who signed, with which key, until when, and the path', () => {
  const result = verifyFile(cms('p256'));
  assert.ok(result.ok);
  const [signer] = result.signers;
  assert.equal(signer?.subject, 'leaf');
  assert.match(signer.publicKeySha256, /^[0-9a-f]{64}$/);
  assert.equal(signer.notAfter.toISOString(), '2120-01-01T00:00:00.000Z');
  assert.ok(signer.signingTime instanceof Date);
  assert.deepEqual(
    signer.path.map(({ subject }) => subject),
    ['leaf', 'ica', 'Test Root'],
  );
});
