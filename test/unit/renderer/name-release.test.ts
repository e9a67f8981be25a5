import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BundleView } from '../../../contract/schema/bundle.ts';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import { nameRelease } from '../../../renderer/features/bench/name-release.ts';

/** Only what names are taken from; the contract's whole views are proven elsewhere. */
function bundle(release: string, version: number, product = 'pump', compat = 'vu-a'): BundleView {
  const manifest = { product: { id: product }, release: { name: release }, images: [{ version, compat: [compat] }] };
  return { digest: `${product} ${release}`, manifest } as unknown as BundleView;
}

const job = {
  bundleDigest: 'pump 2.4.0',
  versionBefore: 3,
  versionTarget: 4,
  bootHashBefore: 'old',
  product: 'pump',
  hardware: 'vu-a',
} as unknown as UpdateJobView;

function name(counter: number | null, bundles: readonly BundleView[], images: Record<string, string> = {}) {
  return nameRelease(job, counter, new Map(Object.entries(images)), { bundles });
}

test('REQ-OTA-UI-01 while a job runs a version is named by its release: that of the bundle, of the image that was read, or of another bundle', () => {
  const bundles = [bundle('2.4.0', 4), bundle('2.3.1', 3)];
  assert.equal(name(4, bundles), '2.4.0');
  assert.equal(name(4, bundles, { old: '2.3.1+0' }), '2.4.0');
  assert.equal(name(3, bundles), '2.3.1');
  assert.equal(name(3, [bundle('2.4.0', 4)], { old: '2.3.1+0' }), '2.3.1');
  assert.equal(name(3, bundles, { old: '2.3.1+7' }), '2.3.1+7');
});

test('a counter that nobody can name, or two name differently, stays a counter', () => {
  assert.equal(name(3, [bundle('2.4.0', 4)]), null);
  assert.equal(name(null, [bundle('2.4.0', 4)]), null);
  assert.equal(name(3, [bundle('2.4.0', 4)], { other: '2.2.0+0' }), null);
  assert.equal(name(3, [bundle('2.3.1', 3), bundle('2.3.1-eu', 3)]), null);
  assert.equal(name(3, [bundle('9.9', 3, 'scale'), bundle('2.3.1', 3, 'pump', 'vu-b')]), null);
});
