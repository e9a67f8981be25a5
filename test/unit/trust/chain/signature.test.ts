import assert from 'node:assert/strict';
import { test } from 'node:test';
import { oid } from '../../../../core/trust/oid.ts';
import { verifyChain } from '../../../../core/trust/verify-chain.ts';
import { now, testChains } from '../support/chain-case.ts';
import { certificate } from '../support/fixture.ts';

testChains([
  ['one intermediate, ECDSA P-256 (RFC 5280 §6.1)', 'accept', { leaf: 'leaf' }],
  ['a leaf straight under the root', 'accept', { leaf: 'leaf-direct', via: [] }],
  ['ECDSA P-384', 'accept', { leaf: 'leaf384', via: [], roots: ['root384'] }],
  ['ECDSA P-256 with SHA-384', 'accept', { leaf: 'leaf-sha384' }],
  ['Ed25519 (RFC 8410)', 'accept', { leaf: 'leafed', via: [], roots: ['rooted'] }],
  ['RSASSA-PKCS1-v1_5, 3072 bits', 'accept', { leaf: 'leafrsa', via: [], roots: ['rootrsa'] }],
  ['RSASSA-PSS by a plain RSA key (RFC 4055 §3)', 'accept', { leaf: 'leafpss-sig', via: [], roots: ['rootrsa'] }],
  [
    'RSASSA-PSS by an id-RSASSA-PSS key (RFC 4055 §1.2)',
    'accept',
    { leaf: 'leafpss-key', via: [], roots: ['rootpss'] },
  ],
  ['RSA 2048 in a CA', 'accept', { leaf: 'leaf-under-2048', via: [], roots: ['root2048'] }],
  ['SHA-1 with RSA, by name', 'trust.algorithm-refused', { leaf: 'leaf-sha1', via: [], roots: ['rootrsa'] }],
  ['MD5 with RSA, by name', 'trust.algorithm-refused', { leaf: 'leaf-md5', via: [], roots: ['rootrsa'] }],
  ['SHA-224 with ECDSA, by name', 'trust.algorithm-refused', { leaf: 'leaf-sha224' }],
  [
    'RSASSA-PSS with its SHA-1 defaults (RFC 4055 §3.1)',
    'trust.algorithm-refused',
    { leaf: 'leaf-pss-sha1', via: [], roots: ['rootrsa'] },
  ],
  [
    'RSASSA-PSS with a salt shorter than its digest',
    'trust.certificate-malformed',
    { leaf: 'leaf-pss-nosalt', via: [], roots: ['rootrsa'] },
  ],
  ['a signer with RSA 2048', 'trust.key-weak', { leaf: 'leaf-rsa2048' }],
  ['a signer with RSA and the exponent 3', 'trust.key-weak', { leaf: 'leaf-rsae3' }],
  ['RSA 1024 in a CA', 'trust.key-weak', { leaf: 'leaf-under-1024', via: ['ica-rsa1024'] }],
  ['P-521, which is not in the table', 'trust.algorithm-refused', { leaf: 'leaf-p521' }],
  ['an EC key with explicit parameters (RFC 5480 §2.1.1)', 'trust.key-malformed', { leaf: 'leaf-explicit' }],
  [
    'a root of the same name with another key (§4.2.1.1)',
    'trust.key-identifier',
    { leaf: 'leaf', roots: ['root-imposter'] },
  ],
  [
    'a root of the same name and key identifier with another key (§6.1.3 (a)(1))',
    'trust.signature-invalid',
    { leaf: 'leaf', roots: ['root-imposter-ski'] },
  ],
  ['an unknown root', 'trust.no-path', { leaf: 'leaf', roots: ['root2'] }],
  ['every chain where nothing is pinned', 'trust.no-path', { leaf: 'leaf', roots: [] }],
  ['a missing intermediate', 'trust.no-path', { leaf: 'leaf', via: [] }],
  [
    'a root that comes with the bundle instead of being pinned',
    'trust.no-path',
    { leaf: 'leaf', via: ['ica', 'root'], roots: ['root2'] },
  ],
  [
    'an issuer name in another string type (§6.1.3 (a)(4), byte for byte)',
    'trust.no-path',
    { leaf: 'leaf', via: ['ica-utf8'] },
  ],
]);

function verifyChanged(change: (der: Buffer) => void): string {
  const leafDer = certificate('leaf');
  change(leafDer);
  const input = {
    leafDer,
    intermediatesDer: [certificate('ica')],
    rootsDer: [certificate('root')],
    crlsDer: [],
    at: now,
    eku: oid.codeSigning,
  };
  const result = verifyChain(input);
  return result.ok ? 'accept' : result.code;
}

test('REQ-OTA-SIG-02 refuses a certificate whose signed part was changed (RFC 5280 §6.1.3 (a)(1))', () => {
  const result = verifyChanged((der) => {
    const name = der.lastIndexOf('leaf');
    der.write('Leaf', name);
  });
  assert.equal(result, 'trust.signature-invalid');
});

test('REQ-OTA-SIG-02 refuses one signature algorithm inside and another outside (RFC 5280 §4.1.1.2)', () => {
  const ecdsaWithSha256 = Buffer.from('2a8648ce3d040302', 'hex');
  const result = verifyChanged((der) => {
    const outer = der.lastIndexOf(ecdsaWithSha256);
    der[outer + ecdsaWithSha256.length - 1] = 0x03;
  });
  assert.equal(result, 'trust.algorithm-mismatch');
});

test('REQ-OTA-SIG-02 refuses bytes after the end of a certificate', () => {
  const leafDer = Buffer.concat([certificate('leaf'), Buffer.from([0])]);
  const result = verifyChain({
    leafDer,
    intermediatesDer: [certificate('ica')],
    rootsDer: [certificate('root')],
    crlsDer: [],
    at: now,
    eku: oid.codeSigning,
  });
  assert.equal(result.ok ? 'accept' : result.code, 'trust.certificate-malformed');
});

test('REQ-OTA-SIG-02 refuses an extension that stands twice (RFC 5280 §4.2)', () => {
  const result = verifyChanged((der) => {
    const subjectKeyIdentifier = Buffer.from('0603551d0e', 'hex');
    der[der.indexOf(subjectKeyIdentifier) + 4] = 0x23;
  });
  assert.equal(result, 'trust.extension-duplicate');
});
