import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TrustOverview, TrustPackageView } from '../../../contract/schema/trust.ts';
import { changedThings } from '../../../renderer/features/trust/changed-things.ts';

type Anchor = TrustPackageView['anchors'][number];

const sha = (digit: string): string => digit.repeat(64);
const anchor = (digit: string, label: string): Anchor => ({
  fingerprintSha256: sha(digit),
  label,
  subject: label,
  purpose: 'bundle',
  products: [`product of ${label}`],
  notBefore: '2026-01-01T00:00:00Z',
  notAfter: '2027-01-01T00:00:00Z',
});
const key = { keySha256: sha('k'), algorithm: 'Ed25519', label: 'image key', products: ['*'] };
const before: TrustPackageView = {
  family: 'acme',
  version: 1,
  sha256: sha('1'),
  issued: '2026-01-01T00:00:00Z',
  minimumTime: '2026-01-01T00:00:00Z',
  reason: 'first',
  products: ['*'],
  threshold: 1,
  anchors: [anchor('a', 'old name'), anchor('b', 'goes')],
  imageKeys: [],
  adoptedAt: '2026-01-02T00:00:00Z',
  adoptedBy: 'ines',
};
const change: NonNullable<TrustOverview['proposals'][number]['change']> = {
  family: 'acme',
  kind: 'next',
  fromVersion: 1,
  toVersion: 2,
  anchorsBefore: [sha('a'), sha('b')],
  anchorsAfter: [sha('a'), sha('c')],
  imageKeysBefore: [],
  imageKeysAfter: [sha('k')],
};
const after = {
  reason: 'next',
  products: ['*'],
  anchors: [anchor('a', 'new name'), anchor('c', 'comes')],
  imageKeys: [key],
};

test('REQ-OTA-SIG-05 what a change of trust brings is named as it names it, and what it takes away as it is named now', () => {
  assert.deepEqual(
    changedThings(change, after, before).map(({ effect, what, label, products, fingerprint }) => [
      effect.en,
      what.en,
      label,
      products,
      fingerprint,
    ]),
    [
      ['new', 'Root', 'comes', ['product of comes'], sha('c')],
      ['new', 'Image key', 'image key', ['*'], sha('k')],
      ['removed', 'Root', 'goes', ['product of goes'], sha('b')],
      ['unchanged', 'Root', 'new name', ['product of new name'], sha('a')],
    ],
  );
});

test('a root that neither package names stands with its fingerprint alone', () => {
  const [one] = changedThings(
    { ...change, anchorsBefore: [], anchorsAfter: [sha('d')], imageKeysAfter: [] },
    null,
    undefined,
  );
  assert.deepEqual([one?.label, one?.products, one?.fingerprint], ['', [], sha('d')]);
});
