import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ImageThread } from '../../../core/bundle/images/image-thread.ts';
import { importBundle } from '../../../core/bundle/import-bundle.ts';
import { baseImage, deltaFixture, deltaImageFor, newImage } from '../../helpers/delta-fixture.ts';
import { bundleParts, imageFor, manifestFor, sha256Of } from '../../helpers/test-bundle.ts';
import { operator, testStation } from '../../helpers/test-import.ts';
import { zipBytes } from '../../helpers/zip-bytes.ts';

const delta = deltaFixture('patch-from-19.zst');
const manifest = manifestFor([deltaImageFor(newImage, delta, baseImage)]);
const bundle = zipBytes(bundleParts(manifest, { 'deltas/app.bin': delta }));
const older = manifestFor([imageFor(baseImage, { version: 6 })]);
const olderBundle = zipBytes(bundleParts(older, { 'images/app.bin': baseImage }));

test('REQ-OTA-DLT-01 a delta is applied in the worker thread, and only its whole result reaches the store', async (t) => {
  const station = testStation(t, { startReceiver: () => new ImageThread() });
  assert.ok((await station.import(olderBundle)).ok);
  const imported = await station.import(bundle);
  assert.ok(imported.ok, imported.ok ? '' : imported.reason);
  assert.ok(readFileSync(station.store.pathOf(sha256Of(newImage))).equals(newImage));
});

test('REQ-OTA-DLT-01 an import that is cancelled while a delta is applied leaves nothing behind', async (t) => {
  const station = testStation(t, { startReceiver: () => new ImageThread() });
  assert.ok((await station.import(olderBundle)).ok);
  const before = station.files().toSorted();
  const path = join(station.folder, 'delta.zip');
  writeFileSync(path, bundle);
  const controller = new AbortController();
  const progress = (): void => controller.abort();
  const request = { path, actor: operator, progress, signal: controller.signal };
  const result = await importBundle(request, station.ports);
  assert.equal(result.ok ? '' : result.code, 'bundle.import-cancelled');
  assert.deepEqual(station.files().toSorted(), before);
});
