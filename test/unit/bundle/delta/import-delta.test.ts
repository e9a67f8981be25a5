import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { accept, refuse } from '../../../../contract/result.ts';
import type { Refusal } from '../../../../contract/result.ts';
import type { ManifestImage } from '../../../../contract/schema/bundle.ts';
import type { ReadRunningImages, RunningImageAsk } from '../../../../core/bundle/delta/find-bases.ts';
import { importBundle } from '../../../../core/bundle/import-bundle.ts';
import { parseManifest } from '../../../../core/bundle/parse-manifest.ts';
import { BUNDLE_LIMITS } from '../../../../core/bundle/limits.ts';
import { baseImage, deltaFixture, deltaImageFor, newImage } from '../../../helpers/delta-fixture.ts';
import { bundleParts, imageFor, manifestFor, mcubootFixture, sha256Of } from '../../../helpers/test-bundle.ts';
import { operator, receiveImagesHere, receiverOf, testStation } from '../../../helpers/test-import.ts';
import type { TestStation } from '../../../helpers/test-import.ts';
import { imageKeySpki } from '../../../helpers/signed-bundle.ts';
import { zipBytes } from '../../../helpers/zip-bytes.ts';

const delta = deltaFixture('patch-from-19.zst');
const image = deltaImageFor(newImage, delta, baseImage);
const files = { 'deltas/app.bin': delta };
const bundle = zipBytes(bundleParts(manifestFor([image]), files));

function bundleOf(changed: ManifestImage, contents: Readonly<Record<string, Uint8Array>> = files): Buffer {
  return zipBytes(bundleParts(manifestFor([changed]), contents));
}

/** A station that imported the older release, whole. */
async function stationWithBase(t: TestContext): Promise<TestStation> {
  const station = testStation(t);
  const whole = imageFor(baseImage, { version: 6 });
  const imported = await station.import(zipBytes(bundleParts(manifestFor([whole]), { 'images/app.bin': baseImage })));
  assert.ok(imported.ok);
  return station;
}

/** A unit on position 1-1 that runs `running`, and what it was asked for. */
function unitRunning(running: Buffer): { readonly read: ReadRunningImages; readonly asks: RunningImageAsk[] } {
  const asks: RunningImageAsk[] = [];
  return {
    asks,
    read: (_product, wanted) => {
      asks.push(...wanted);
      const images = wanted.map(({ lenBytes }) => running.subarray(0, lenBytes));
      return Promise.resolve(accept({ unit: { position: '1-1', serial: 'VU-0001' }, images }));
    },
  };
}

function importWith(station: TestStation, bytes: Uint8Array, readUnit: ReadRunningImages) {
  const path = join(station.folder, '..', 'with-unit.zip');
  writeFileSync(path, bytes);
  return importBundle({ path, actor: operator, readUnit }, station.ports);
}

function expectRefused(result: { readonly ok: boolean }, code: string): Refusal {
  assert.ok(!result.ok, 'it was imported');
  const refusal = result as Refusal;
  assert.equal(refusal.code, code, refusal.reason);
  return refusal;
}

test('REQ-OTA-DLT-01 stores the whole image that a delta of zstd --patch-from leads to', async (t) => {
  const station = await stationWithBase(t);
  const result = await station.import(bundle);
  assert.ok(result.ok, result.ok ? '' : result.reason);
  const content = { sha256: sha256Of(newImage), lenBytes: newImage.length };
  assert.deepEqual(await station.store.read(content, 1e6), accept(newImage));
  assert.ok(!station.store.has(sha256Of(delta)), 'the delta itself is not kept');
  assert.deepEqual(station.events.at(-1)?.data['images'], [
    { slot: 'application', version: 7, hash: content.sha256, base: sha256Of(baseImage) },
  ]);
  assert.equal(station.events.length, 2);
});

test('REQ-OTA-DLT-01 makes of the result all checks of an image: MCUboot, its signature, its counter', async (t) => {
  const [base, result] = [mcubootFixture('ed25519'), mcubootFixture('ecdsa-p256')];
  const small = deltaFixture('mcuboot.zst');
  const keys = ['root-ec-p256', 'root-ed25519'].map(imageKeySpki);
  const rules = { rulesFor: () => accept({ threshold: 1, anchors: null, revocation: null, imageKeys: keys }) };
  const station = testStation(t, rules);
  const first = manifestFor([imageFor(base, { format: 'mcuboot' })]);
  assert.ok((await station.import(zipBytes(bundleParts(first, { 'images/app.bin': base })))).ok);
  const good = deltaImageFor(result, small, base, { format: 'mcuboot' });
  const contents = { 'deltas/app.bin': small };
  expectRefused(await station.import(bundleOf({ ...good, version: 8 }, contents)), 'bundle.image-counter');
  expectRefused(await station.import(bundleOf({ ...good, format: 'raw' }, contents)), 'bundle.image-format');
  const stranger = {
    rulesFor: () => accept({ threshold: 1, anchors: null, revocation: null, imageKeys: keys.slice(1) }),
  };
  expectRefused(await station.import(bundleOf(good, contents), stranger), 'mcuboot.key-unknown');
  const imported = await station.import(bundleOf(good, contents));
  assert.ok(imported.ok, imported.ok ? '' : imported.reason);
});

test('REQ-OTA-DLT-01 says which base is missing, of which release, and the two ways to it', async (t) => {
  const station = testStation(t);
  const { reason, detail } = expectRefused(await station.import(bundle), 'bundle.delta-base-missing');
  assert.match(reason, new RegExp(sha256Of(baseImage)));
  assert.match(reason, /release 1\.2\.2.*import the bundle that it came in, or name a unit that runs it/);
  assert.equal(detail?.['base'], sha256Of(baseImage));
  assert.deepEqual(station.files(), []);
  assert.equal(station.events.length, 1);
});

test('REQ-OTA-DLT-01 refuses a base that was changed in the store, while it is looked up or as it is used', async (t) => {
  const station = await stationWithBase(t);
  const before = station.files().toSorted();
  const path = station.store.pathOf(sha256Of(baseImage));
  const damaged = Buffer.from(baseImage);
  damaged.writeUInt8(damaged.readUInt8(100) ^ 1, 100);
  writeFileSync(path, damaged);
  expectRefused(await station.import(bundle), 'bundle.stored-damaged');
  writeFileSync(path, baseImage);
  const result = await station.import(bundle, {
    startReceiver: receiverOf((...request) => {
      writeFileSync(path, damaged);
      return receiveImagesHere(...request);
    }),
  });
  expectRefused(result, 'bundle.stored-damaged');
  writeFileSync(path, baseImage.subarray(1));
  expectRefused(await station.import(bundle), 'bundle.stored-damaged');
  assert.deepEqual(station.files().toSorted(), before);
});

test('REQ-OTA-DLT-01 reads a base that the store lacks from the named unit, and names the unit in the event', async (t) => {
  const station = testStation(t);
  const padding = Buffer.alloc(4096, 0xff);
  const unit = unitRunning(Buffer.concat([baseImage, padding]));
  const result = await importWith(station, bundle, unit.read);
  assert.ok(result.ok, result.ok ? '' : result.reason);
  assert.deepEqual(unit.asks, [{ slot: 'application', compat: ['vu-a'], lenBytes: baseImage.length }]);
  assert.deepEqual(station.events.at(-1)?.data['baseUnit'], { position: '1-1', serial: 'VU-0001' });
  assert.ok(station.store.has(sha256Of(newImage)));
  assert.ok(!station.store.has(sha256Of(baseImage)), 'what a unit gave is not kept');
  assert.equal(station.files().length, 3);
});

test('REQ-OTA-DLT-01 leaves the unit alone where the store holds the base, and asks it where the store is damaged', async (t) => {
  const station = await stationWithBase(t);
  const untouched = await importWith(station, bundle, () => assert.fail('the unit was asked'));
  assert.ok(untouched.ok);
  writeFileSync(station.store.pathOf(sha256Of(baseImage)), 'damaged');
  const unit = unitRunning(baseImage);
  assert.ok((await importWith(station, bundle, unit.read)).ok);
  assert.equal(unit.asks.length, 1);
});

test('REQ-OTA-DLT-01 refuses a unit that runs something else than the base', async (t) => {
  const station = testStation(t);
  const other = Buffer.from(baseImage);
  other.writeUInt8(other.readUInt8(100) ^ 1, 100);
  for (const running of [other, newImage, baseImage.subarray(0, -1), Buffer.alloc(0)]) {
    const { reason } = expectRefused(
      await importWith(station, bundle, unitRunning(running).read),
      'bundle.delta-base-differs',
    );
    assert.match(reason, /VU-0001 at position 1-1 .* slot application/);
  }
  assert.deepEqual(station.files(), []);
});

test('REQ-OTA-DLT-01 passes on why a unit could not be read', async (t) => {
  const station = testStation(t);
  const unplugged: ReadRunningImages = () => Promise.resolve(refuse('device.unplugged', 'It was unplugged.'));
  expectRefused(await importWith(station, bundle, unplugged), 'device.unplugged');
  assert.deepEqual(station.files(), []);
  assert.equal(station.events.length, 1);
});

test('REQ-OTA-DLT-01 asks no unit for the bundle of a stranger', async (t) => {
  const station = testStation(t, { verifySignature: () => refuse('trust.no-path', 'Nobody.') });
  expectRefused(await importWith(station, bundle, () => assert.fail('the unit was asked')), 'trust.no-path');
});

const other = Buffer.from(newImage);
other.writeUInt8(other.readUInt8(50_000) ^ 1, 50_000);
const flipped = Buffer.from(delta);
flipped.writeUInt8(flipped.readUInt8(100) ^ 4, 100);
const [huge, wide] = [BUNDLE_LIMITS.deltaBytes + 1, BUNDLE_LIMITS.deltaBaseBytes + 1];
const given = image.delta;
assert.ok(given);

const refusals: readonly [string, string, Buffer][] = [
  ['leads to another image', 'bundle.image-hash', bundleOf({ ...image, hash: sha256Of(other) })],
  ['leads to an image of another length', 'bundle.delta-damaged', bundleOf({ ...image, len: image.len - 1 })],
  ['is not the one of the manifest', 'bundle.delta-hash', bundleOf(image, { 'deltas/app.bin': flipped })],
  [
    'is cut off',
    'bundle.delta-damaged',
    bundleOf(deltaImageFor(newImage, delta.subarray(0, 200), baseImage), { 'deltas/app.bin': delta.subarray(0, 200) }),
  ],
  [
    'has one bit turned over by its vendor',
    'bundle.delta-damaged',
    bundleOf(deltaImageFor(newImage, flipped, baseImage), { 'deltas/app.bin': flipped }),
  ],
  ['is missing', 'bundle.image-missing', bundleOf(image, {})],
  ['has another length', 'bundle.image-length', bundleOf({ ...image, delta: { ...given, len: 5 } })],
  ['comes with its image', 'bundle.image-unlisted', bundleOf(image, { ...files, 'images/app.bin': newImage })],
  ['is not listed', 'bundle.image-unlisted', bundleOf(imageFor(newImage), { ...files, 'images/app.bin': newImage })],
  ['is too large', 'bundle.delta-too-large', bundleOf({ ...image, delta: { ...given, len: huge } })],
  [
    'has too large a base',
    'bundle.delta-too-large',
    bundleOf({ ...image, delta: { ...given, base: { ...given.base, len: wide } } }),
  ],
  ['has too large a result', 'bundle.delta-too-large', bundleOf({ ...image, len: wide })],
  [
    'has a base of another length than that hash has',
    'bundle.stored-damaged',
    bundleOf({ ...image, delta: { ...given, base: { ...given.base, len: 5 } } }),
  ],
];
for (const [what, code, bytes] of refusals) {
  test(`REQ-OTA-DLT-01 refuses a delta that ${what}, and leaves nothing behind`, async (t) => {
    const station = await stationWithBase(t);
    const before = station.files().toSorted();
    expectRefused(await station.import(bytes), code);
    assert.deepEqual(station.files().toSorted(), before);
    assert.equal(station.bundles.list().length, 1);
    assert.equal(station.events.length, 2);
  });
}

test('REQ-OTA-MAN-02 refuses two images that come as one delta', async (t) => {
  const station = await stationWithBase(t);
  const second = { ...image, file: 'images/second.bin', slot: 'second' };
  const twice = zipBytes(bundleParts(manifestFor([image, second]), files));
  expectRefused(await station.import(twice), 'bundle.manifest-duplicate-file');
});

test('REQ-OTA-DLT-01 leaves nothing behind where the disk is full, for a unit’s base too', async (t) => {
  const station = testStation(t);
  const quarantine = { ...station.ports.quarantine, freeBytes: () => newImage.length - 1 };
  expectRefused(await station.import(bundle, { quarantine }), 'station.disk-full');
  const gone: ReadRunningImages = async (...ask) => {
    station.ports.quarantine.empty();
    return await unitRunning(baseImage).read(...ask);
  };
  expectRefused(await importWith(station, bundle, gone), 'station.storage-failed');
  assert.deepEqual(station.files(), []);
});

test('REQ-OTA-DLT-01 tells the progress of the image that the delta leads to', async (t) => {
  const station = await stationWithBase(t);
  const path = join(station.folder, 'delta.zip');
  writeFileSync(path, bundle);
  const seen: [number, number][] = [];
  const progress = (done: number, total: number): void => void seen.push([done, total]);
  assert.ok((await importBundle({ path, actor: operator, progress }, station.ports)).ok);
  assert.deepEqual(seen.at(-1), [newImage.length, newImage.length]);
});

test('REQ-OTA-MAN-01 a manifest without deltas reads as before, one with a delta of an unknown kind is refused', () => {
  const plain = manifestFor([imageFor(newImage)]);
  const parsed = parseManifest(Buffer.from(JSON.stringify(plain)));
  assert.deepEqual(parsed, accept(plain));
  for (const changed of [
    { ...given, algorithm: 'bsdiff' },
    { ...given, file: 'images/app.bin' },
    { ...given, extra: 1 },
    { ...given, base: { ...given.base, len: 0 } },
    null,
  ]) {
    const manifest = manifestFor([{ ...image, delta: changed as never }]);
    const refused = parseManifest(Buffer.from(JSON.stringify(manifest)));
    assert.ok(!refused.ok);
    assert.match(refused.reason, /images\.0\.delta/);
  }
});
