import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PendingApproval } from '../../../contract/schema/approval.ts';
import type { BundleView } from '../../../contract/schema/bundle.ts';
import { stateOfBundle } from '../../../renderer/features/bundles/bundle-state.ts';
import { compareReleases, findBefore } from '../../../renderer/features/bundles/compare-releases.ts';
import { nameOfSigner } from '../../../renderer/features/bundles/name-of-signer.ts';
import { printable, printableLines } from '../../../renderer/words/printable.ts';

function bundle(
  digit: string,
  importedAt: string,
  images: readonly { slot: string; version: number; hash: string; compat?: string[] }[],
): BundleView {
  return {
    digest: digit.repeat(64),
    importedAt,
    importedBy: 'x',
    signers: [],
    manifest: {
      format: 'drydock-bundle/1',
      product: { id: 'acme.pump', name: 'Pump' },
      release: { name: digit, changeControl: 'CC-1' },
      issued: '2026-01-01T00:00:00Z',
      expires: '2027-01-01T00:00:00Z',
      minStationVersion: '0.1.0',
      images: images.map(({ slot, version, hash, compat = ['a'] }) => ({
        file: `images/${slot}-${compat.join('-')}`,
        slot,
        version,
        hash: hash.repeat(64),
        len: 1,
        format: 'mcuboot',
        sig: null,
        compat,
      })),
    },
  };
}

const old = bundle('1', '2026-02-01T00:00:00Z', [
  { slot: 'application', version: 3, hash: 'a' },
  { slot: 'radio', version: 7, hash: 'b' },
  { slot: 'fonts', version: 1, hash: 'c' },
]);
const fresh = bundle('2', '2026-03-01T00:00:00Z', [
  { slot: 'application', version: 4, hash: 'd' },
  { slot: 'radio', version: 7, hash: 'b' },
  { slot: 'boot', version: 1, hash: 'e' },
]);

test('what changes is told slot by slot: raised, the same bit for bit, new, gone', () => {
  assert.deepEqual(compareReleases(old, fresh), [
    { slot: 'application', from: 3, to: 4, isSame: false },
    { slot: 'radio', from: 7, to: 7, isSame: true },
    { slot: 'boot', from: null, to: 1, isSame: false },
    { slot: 'fonts', from: 1, to: null, isSame: false },
  ]);
});

test('a bundle is compared with the one of its product that was imported last before it', () => {
  const other = { ...old, digest: '3'.repeat(64), importedAt: '2026-02-15T00:00:00Z' };
  const foreign = { ...fresh, manifest: { ...fresh.manifest, product: { id: 'acme.lamp', name: 'Lamp' } } };
  assert.equal(findBefore(fresh, [fresh, old, other]), other);
  assert.equal(findBefore(old, [fresh, old, other]), undefined);
  assert.equal(findBefore(foreign, [old]), undefined);
});

test('a bundle that expired is expired whatever was signed; where the station could not say, nothing is claimed', () => {
  const waiting = { bundleDigest: fresh.digest, kind: 'install', given: 1, required: 2 } as PendingApproval;
  const during = Date.parse('2026-06-01T00:00:00Z');
  assert.deepEqual(stateOfBundle(fresh, [waiting], Date.parse('2027-01-01T00:00:00Z')), { kind: 'expired' });
  assert.deepEqual(stateOfBundle(fresh, [waiting], during), { kind: 'waiting', given: 1, required: 2 });
  assert.deepEqual(stateOfBundle(fresh, [{ ...waiting, kind: 'recovery' }], during), { kind: 'complete' });
  assert.deepEqual(stateOfBundle(fresh, null, during), { kind: 'unknown' });
});

test('a signer is called by the common name, and by the whole subject where there is none', () => {
  assert.equal(nameOfSigner('CN=Acme\\, release, O=Acme'), 'Acme, release');
  assert.equal(nameOfSigner('O=Acme, CN=Release'), 'Release');
  assert.equal(nameOfSigner('O=Acme'), 'O=Acme');
});

test('text of foreign origin cannot hide or reorder what stands beside it', () => {
  assert.equal(printable('a\u202eb\nc'), 'a[U+202E]b[U+000A]c');
  assert.equal(printableLines('a\r\n\tb\u0007'), 'a\n  b[U+0007]');
});
