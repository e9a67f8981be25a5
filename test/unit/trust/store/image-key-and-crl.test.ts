import assert from 'node:assert/strict';
import { createHash, createPublicKey } from 'node:crypto';
import { test } from 'node:test';
import type { ErrorCode } from '../../../../contract/error-code.ts';
import { TrustStore } from '../../../../core/trust/trust-store.ts';
import { now } from '../support/chain-case.ts';
import { certificate, crl, fixtureFile, privateKeyPem } from '../support/fixture.ts';
import { MemoryTrustRepository } from '../support/memory-repository.ts';

const stamp = { addedAt: now, addedBy: 'op-1' };

function storeWithRoot(...others: readonly string[]): TrustStore {
  const store = new TrustStore(new MemoryTrustRepository());
  for (const name of ['root', ...others]) {
    const typedFingerprint = createHash('sha256').update(certificate(name)).digest('hex');
    const pin = { certificate: certificate(name), label: name, products: ['*'], typedFingerprint, ...stamp };
    assert.ok(store.pinAnchor(pin).ok);
  }
  return store;
}

const keyRows: readonly (readonly [string, 'accept' | ErrorCode, string])[] = [
  ['P-256', 'accept', 'leaf'],
  ['Ed25519', 'accept', 'leafed'],
  ['RSA 2048', 'accept', 'rsa2048'],
  ['P-384', 'accept', 'leaf384'],
  ['P-521', 'trust.algorithm-refused', 'p521'],
  ['RSA 1024', 'trust.key-weak', 'rsa1024'],
  ['RSA with the exponent 3', 'trust.key-weak', 'rsae3'],
];

for (const [title, expected, name] of keyRows) {
  for (const format of ['pem', 'der'] as const) {
    test(`REQ-OTA-SIG-04 pinning an image key of ${title} in ${format.toUpperCase()}: ${expected}`, () => {
      const spki = createPublicKey(privateKeyPem(name)).export({ type: 'spki', format: 'der' });
      const publicKey =
        format === 'der' ? spki : Buffer.from(createPublicKey(privateKeyPem(name)).export({ type: 'spki', format }));
      const typedFingerprint = createHash('sha256').update(spki).digest('hex');
      const result = storeWithRoot().pinImageKey({
        publicKey,
        label: 'Boot loader',
        products: ['pump'],
        typedFingerprint,
        ...stamp,
      });
      assert.equal(result.ok ? 'accept' : result.code, expected);
    });
  }
}

test('REQ-OTA-SIG-04 an image key is pinned once, listed by product and forgotten', () => {
  const store = storeWithRoot();
  const publicKey = createPublicKey(privateKeyPem('leaf')).export({ type: 'spki', format: 'der' });
  const typedFingerprint = createHash('sha256').update(publicKey).digest('hex');
  const input = { publicKey, label: 'Boot loader', products: ['pump'], typedFingerprint, ...stamp };
  assert.ok(store.pinImageKey(input).ok);
  const again = store.pinImageKey(input);
  assert.equal(again.ok ? 'accept' : again.code, 'trust.already-pinned');
  assert.equal(store.imageKeysFor('pump')[0]?.algorithm, 'P-256');
  assert.deepEqual(store.imageKeysFor('monitor'), []);
  assert.ok(store.removeImageKey(typedFingerprint).ok);
  assert.deepEqual(store.listImageKeys(), []);
  const gone = store.removeImageKey(typedFingerprint);
  assert.equal(gone.ok ? 'accept' : gone.code, 'trust.not-pinned');
});

test('REQ-OTA-SIG-04 an image key is not pinned under another fingerprint', () => {
  const publicKey = createPublicKey(privateKeyPem('leaf')).export({ type: 'spki', format: 'der' });
  const result = storeWithRoot().pinImageKey({
    publicKey,
    label: 'x',
    products: ['*'],
    typedFingerprint: '0'.repeat(64),
    ...stamp,
  });
  assert.equal(result.ok ? 'accept' : result.code, 'trust.fingerprint-mismatch');
});

/** One PEM file of several. */
const pemFile = (...paths: readonly string[]): Buffer => Buffer.concat(paths.map(fixtureFile));
const listOfIca = (name: string): Buffer => pemFile(`crls/${name}.pem`, 'certs/ica.pem');

const crlRows: readonly (readonly [string, 'accept' | ErrorCode, Uint8Array])[] = [
  ['takes the list of an anchor in PEM', 'accept', fixtureFile('crls/root-empty.pem')],
  ['takes the list of an anchor in DER', 'accept', crl('root-empty')],
  ['takes the list of an intermediate that comes with its certificate', 'accept', listOfIca('ica-empty')],
  [
    'takes it wherever the certificates stand, through two intermediates',
    'accept',
    pemFile('certs/ica.pem', 'crls/ica-deep-empty.pem', 'certs/ica-deep.pem'),
  ],
  [
    'takes it where one of two certificates of that CA leads to the anchor',
    'accept',
    pemFile('crls/ica-empty.pem', 'certs/ica-cross.pem', 'certs/ica.pem'),
  ],
  ['refuses the list of an intermediate without its certificate', 'trust.crl-anchor-unknown', crl('ica-empty')],
  [
    'refuses the list of an intermediate beside another certificate',
    'trust.crl-anchor-unknown',
    pemFile('crls/ica-empty.pem', 'certs/ica-deep.pem'),
  ],
  [
    'refuses the list of an intermediate whose own issuer is missing',
    'trust.no-path',
    pemFile('crls/ica-deep-empty.pem', 'certs/ica-deep.pem'),
  ],
  [
    'refuses the list of an intermediate under a root that is not pinned',
    'trust.no-path',
    pemFile('crls/ica-empty.pem', 'certs/ica-cross.pem'),
  ],
  ['refuses a list that is not current', 'trust.crl-not-current', listOfIca('ica-stale')],
  ['refuses a list of a root that is not pinned', 'trust.crl-anchor-unknown', crl('root2-same-serial')],
  ['refuses a forged list', 'trust.signature-invalid', listOfIca('ica-forged')],
  ['refuses a delta list', 'trust.crl-unsupported', listOfIca('ica-delta')],
  ...['point', 'user', 'ca', 'attribute', 'reasons'].map(
    (part) => [`refuses a partial list (${part})`, 'trust.crl-partial', listOfIca(`ica-later-${part}`)] as const,
  ),
  ['refuses a certificate in place of a list', 'trust.pem-malformed', fixtureFile('certs/root.pem')],
  ['refuses two lists in one file', 'trust.pem-malformed', pemFile('crls/root-empty.pem', 'crls/ica-empty.pem')],
  ['refuses a key beside the list', 'trust.pem-malformed', pemFile('crls/root-empty.pem', 'keys/root.pem')],
  [
    'refuses more certificates than a path can have',
    'trust.pem-malformed',
    pemFile('crls/root-empty.pem', ...Array.from({ length: 17 }, () => 'certs/ica.pem')),
  ],
  ['refuses bytes that are no list', 'trust.crl-malformed', certificate('root')],
];

for (const [title, expected, file] of crlRows) {
  test(`REQ-OTA-SIG-02 importing a CRL ${title}`, () => {
    const result = storeWithRoot().importCrl({ file, ...stamp });
    assert.equal(result.ok ? 'accept' : result.code, expected, result.ok ? '' : result.reason);
  });
}

test('REQ-OTA-SIG-02 importing a CRL keeps the newest of an issuer', () => {
  const store = storeWithRoot();
  const early = new Date('2025-01-15T00:00:00Z');
  assert.ok(store.importCrl({ file: listOfIca('ica-older'), addedAt: early, addedBy: 'op-1' }).ok);
  assert.ok(store.importCrl({ file: listOfIca('ica-empty'), ...stamp }).ok);
  assert.equal(store.listCrls().length, 1);
  const older = store.importCrl({ file: listOfIca('ica-older-revokes'), addedAt: early, addedBy: 'op-1' });
  assert.equal(older.ok ? 'accept' : older.code, 'trust.crl-superseded');
});

test('REQ-OTA-SIG-02 a partial CRL does not replace the complete one that is stored', () => {
  const store = storeWithRoot();
  assert.ok(store.importCrl({ file: listOfIca('ica-revokes-leaf'), ...stamp }).ok);
  const kept = store.listCrls();
  assert.equal(store.importCrl({ file: listOfIca('ica-later-ca'), ...stamp }).ok, false);
  assert.deepEqual(store.listCrls(), kept);
});

test('REQ-OTA-SIG-02 importing a CRL, the number of a CA never decreases and is never used twice (RFC 5280 §5.2.3)', () => {
  const importing = (store: TrustStore, name: string): string => {
    const result = store.importCrl({ file: listOfIca(name), ...stamp });
    return result.ok ? 'accept' : result.code;
  };
  const store = storeWithRoot();
  assert.equal(importing(store, 'ica-empty'), 'accept');
  assert.equal(importing(store, 'ica-later-lower'), 'trust.crl-number');
  assert.equal(importing(store, 'ica-later-same'), 'trust.crl-number');
  assert.equal(importing(store, 'ica-later-greatest'), 'accept');
  assert.equal(store.listCrls().length, 1);
});

test('REQ-OTA-SIG-02 importing a CRL, a list that another certificate of the same CA vouches for counts too', () => {
  const store = storeWithRoot('root2');
  assert.ok(store.importCrl({ file: listOfIca('ica-empty'), ...stamp }).ok);
  const crossSigned = pemFile('crls/ica-later-same.pem', 'certs/ica-cross.pem');
  const result = store.importCrl({ file: crossSigned, ...stamp });
  assert.equal(result.ok ? 'accept' : result.code, 'trust.crl-number');
});

test('REQ-OTA-SIG-02 importing a CRL, an older list does not come back under another certificate of the same CA', () => {
  const store = storeWithRoot('root2');
  assert.ok(store.importCrl({ file: listOfIca('ica-later'), ...stamp }).ok);
  const result = store.importCrl({ file: pemFile('crls/ica-empty.pem', 'certs/ica-cross.pem'), ...stamp });
  assert.equal(result.ok ? 'accept' : result.code, 'trust.crl-superseded');
});
