import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import type { ErrorCode } from '../../../../contract/error-code.ts';
import type { PinAnchorInput } from '../../../../core/trust/read-anchor.ts';
import { TrustStore } from '../../../../core/trust/trust-store.ts';
import { now } from '../support/chain-case.ts';
import { certificate, fixtureFile } from '../support/fixture.ts';
import { MemoryTrustRepository } from '../support/memory-repository.ts';

const fingerprint = (name: string): string => createHash('sha256').update(certificate(name)).digest('hex');

function inputFor(name: string, changes: Partial<PinAnchorInput> = {}): PinAnchorInput {
  return {
    certificate: fixtureFile(`certs/${name}.pem`),
    label: 'Firmware root',
    products: ['*'],
    typedFingerprint: fingerprint(name),
    addedAt: now,
    addedBy: 'op-1',
    ...changes,
  };
}

const outcome = (input: PinAnchorInput): string => {
  const result = new TrustStore(new MemoryTrustRepository()).pinAnchor(input);
  return result.ok ? 'accept' : result.code;
};

const grouped = fingerprint('root')
  .toUpperCase()
  .replace(/..(?=.)/g, '$&:');
const inFours = fingerprint('root').replace(/....(?=.)/g, '$& ');

const rows: readonly (readonly [string, 'accept' | ErrorCode, PinAnchorInput])[] = [
  ['accepts a root in PEM', 'accept', inputFor('root')],
  ['accepts a root in DER', 'accept', inputFor('root', { certificate: certificate('root') })],
  [
    'accepts the fingerprint as OpenSSL prints it',
    'accept',
    inputFor('root', { typedFingerprint: `sha256 Fingerprint=${grouped}` }),
  ],
  ['accepts the fingerprint in groups of four', 'accept', inputFor('root', { typedFingerprint: ` ${inFours} ` })],
  [
    'refuses the fingerprint of another file',
    'trust.fingerprint-mismatch',
    inputFor('root', { typedFingerprint: fingerprint('root2') }),
  ],
  [
    'refuses half a fingerprint',
    'trust.fingerprint-malformed',
    inputFor('root', { typedFingerprint: fingerprint('root').slice(0, 32) }),
  ],
  ['refuses an empty fingerprint', 'trust.fingerprint-malformed', inputFor('root', { typedFingerprint: '' })],
  ['refuses an intermediate', 'trust.anchor-not-root', inputFor('ica')],
  ['refuses a leaf', 'trust.anchor-not-root', inputFor('leaf')],
  ['refuses an expired root', 'trust.expired', inputFor('root-expired')],
  [
    'refuses a root with an unknown critical extension',
    'trust.extension-unknown-critical',
    inputFor('root-unknown-critical'),
  ],
  [
    'refuses two certificates in one file',
    'trust.pem-malformed',
    inputFor('root', { certificate: Buffer.concat([fixtureFile('certs/root.pem'), fixtureFile('certs/root2.pem')]) }),
  ],
  [
    'refuses a file without a certificate',
    'trust.pem-malformed',
    inputFor('root', { certificate: Buffer.from('nothing') }),
  ],
  [
    'refuses PEM that is cut off',
    'trust.pem-malformed',
    inputFor('root', { certificate: fixtureFile('certs/root.pem').subarray(0, 200) }),
  ],
  [
    'refuses a key in place of a certificate',
    'trust.pem-malformed',
    inputFor('root', { certificate: fixtureFile('keys/root.pem') }),
  ],
  ['refuses an empty label', 'trust.label-invalid', inputFor('root', { label: '  ' })],
  ['refuses control characters in a label', 'trust.label-invalid', inputFor('root', { label: 'a\u202eb' })],
  ['refuses no product', 'trust.label-invalid', inputFor('root', { products: [] })],
];

for (const [title, expected, input] of rows) {
  test(`REQ-OTA-SIG-02 pinning ${title}`, () => assert.equal(outcome(input), expected));
}

test('REQ-OTA-SIG-02 pinning refuses a root whose signature of itself is not valid', () => {
  const changed = certificate('root');
  changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
  const typedFingerprint = createHash('sha256').update(changed).digest('hex');
  assert.equal(outcome(inputFor('root', { certificate: changed, typedFingerprint })), 'trust.signature-invalid');
});

test('REQ-OTA-SIG-02 pins once, lists by product, and forgets', () => {
  const store = new TrustStore(new MemoryTrustRepository());
  assert.ok(store.pinAnchor(inputFor('root', { products: ['pump'] })).ok);
  assert.ok(store.pinAnchor(inputFor('root2')).ok);
  const again = store.pinAnchor(inputFor('root'));
  assert.equal(again.ok ? 'accept' : again.code, 'trust.already-pinned');
  const subjects = (product: string): string[] => store.anchorsFor(product).map(({ subject }) => subject);
  assert.deepEqual(subjects('pump'), ['Test Root', 'Test Root 2']);
  assert.deepEqual(subjects('monitor'), ['Test Root 2']);
  assert.ok(store.removeAnchor(fingerprint('root')).ok);
  assert.deepEqual(subjects('pump'), ['Test Root 2']);
  const gone = store.removeAnchor(fingerprint('root'));
  assert.equal(gone.ok ? 'accept' : gone.code, 'trust.not-pinned');
});
