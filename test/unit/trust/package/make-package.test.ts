import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { makeTrustPackage } from '../../../../core/trust/package/make-package.ts';
import { TrustStore } from '../../../../core/trust/trust-store.ts';
import { demoPki } from '../../../helpers/virtual-depot.ts';
import { MemoryTrustRepository } from '../support/memory-repository.ts';
import { fixturePath, outcomeOf } from './fixtures.ts';

const description = {
  family: 'acme-pumps',
  version: 1,
  issued: '2026-11-01T08:00:00Z',
  minimumTime: '2026-11-01T00:00:00Z',
  reason: 'first',
  products: ['acme.pump'],
  threshold: 1,
  anchors: [{ label: 'Root A', purpose: 'bundle', products: ['acme.pump'], file: 'root-a.crt' }],
  imageKeys: [{ label: 'Boot loader', products: ['acme.pump'], file: 'image-key.pem' }],
  crls: [{ file: 'root-a.crl' }],
};
const make = (changes: object = {}) =>
  makeTrustPackage(Buffer.from(JSON.stringify({ ...description, ...changes })), (path) =>
    path === 'image-key.pem' ? Buffer.from(demoPki.imagePublicKey) : readFileSync(fixturePath(`pki/${path}`)),
  );

test('REQ-OTA-SIG-05 the same description and files give the same bytes, and a package that is read as described', () => {
  const [one, two] = [make(), make()];
  assert.ok(one.ok && two.ok);
  assert.ok(one.value.document.equals(two.value.document));
  const { anchors, imageKeys, crls, version } = one.value.package;
  assert.deepEqual([version, anchors[0]?.label, imageKeys.length, crls.length], [1, 'Root A', 1, 1]);
});

test('REQ-OTA-SIG-05 a list of what the station trusts names the image keys of a package, which are not removed by hand', () => {
  const made = make();
  assert.ok(made.ok);
  const adopted = { ...made.value.package, adoptedAt: new Date('2026-11-02T00:00:00Z'), adoptedBy: 'ines' };
  const store = new TrustStore(new MemoryTrustRepository(), () => [adopted]);
  const [key, ...others] = store.imageKeys();
  assert.deepEqual([key?.label, others], ['Boot loader', []]);
  assert.equal(outcomeOf(store.removeImageKey(key?.keySha256 ?? '')), 'trust.managed-by-package');
});

test('REQ-OTA-SIG-05 what would be refused at a station is not made', () => {
  assert.equal(outcomeOf(make({ threshold: 2 })), 'trust.package-invalid');
  assert.equal(outcomeOf(make({ more: 1 })), 'trust.package-invalid');
  assert.equal(outcomeOf(make({ issued: 'today' })), 'trust.package-invalid');
  assert.equal(
    outcomeOf(make({ anchors: [{ ...description.anchors[0], file: 'signer-a.crt' }] })),
    'trust.anchor-not-root',
  );
  assert.equal(outcomeOf(make({ crls: [{ file: 'root-a.crt' }] })), 'trust.pem-malformed');
});
