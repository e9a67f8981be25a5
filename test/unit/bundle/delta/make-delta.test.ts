import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { parseBundleDescription } from '../../../../core/bundle/make/bundle-description.ts';
import { createBundle } from '../../../../core/bundle/make/create-bundle.ts';
import type { BundleInput } from '../../../../core/bundle/make/create-bundle.ts';
import { inspectBundle } from '../../../../core/bundle/make/inspect-bundle.ts';
import { makeDelta } from '../../../../core/bundle/make/make-delta.ts';
import { baseImage, deltaFixture, deltaImageFor, newImage } from '../../../helpers/delta-fixture.ts';
import { tempFolder } from '../../../helpers/temp-folder.ts';
import { bundleParts, manifestFor, sha256Of } from '../../../helpers/test-bundle.ts';
import { zipBytes } from '../../../helpers/zip-bytes.ts';

interface Workplace {
  readonly input: BundleInput;
  readonly at: (name: string) => string;
}

function workplace(t: TestContext): Workplace {
  const folder = tempFolder(t);
  const at = (name: string): string => join(folder, name);
  writeFileSync(at('old.bin'), baseImage);
  writeFileSync(at('new.bin'), newImage);
  const description = {
    product: { id: 'acme.pump', name: 'Acme pump' },
    release: { name: '1.1.0', changeControl: 'ECO-2' },
    issued: '2026-01-01T00:00:00Z',
    expires: '2099-01-01T00:00:00Z',
    minStationVersion: '0.1.0',
    images: [
      {
        path: 'new.bin',
        slot: 'application',
        compat: ['pump-a'],
        format: 'raw',
        version: 7,
        deltaFrom: 'old.bin',
        deltaFromRelease: '1.0.0',
      },
    ],
  };
  const parsed = parseBundleDescription(Buffer.from(JSON.stringify(description)), folder);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.reason);
  return { input: parsed.value, at };
}

test('REQ-OTA-DLT-01 a description with deltaFrom makes a small bundle, with the same bytes each time', async (t) => {
  const { input, at } = workplace(t);
  const made = await createBundle(input, at('first.bundle'));
  assert.ok(made.ok, made.ok ? '' : made.reason);
  assert.ok((await createBundle(input, at('second.bundle'))).ok);
  const bytes = readFileSync(at('first.bundle'));
  assert.ok(bytes.equals(readFileSync(at('second.bundle'))));
  assert.ok(bytes.length < 3000, `${bytes.length} bytes`);
  const [image] = made.value.manifest.images;
  assert.ok(image);
  assert.deepEqual([image.file, image.len, image.hash], ['images/new.bin', newImage.length, sha256Of(newImage)]);
  assert.equal(image.delta?.file, 'deltas/new.bin');
  assert.deepEqual(image.delta.base, { hash: sha256Of(baseImage), len: baseImage.length, release: '1.0.0' });
});

test('REQ-OTA-DLT-01 inspection shows a delta and its base, and finds what is wrong with it', async (t) => {
  const { input, at } = workplace(t);
  assert.ok((await createBundle(input, at('a.bundle'))).ok);
  const good = await inspectBundle(at('a.bundle'), { now: new Date('2026-02-01T00:00:00Z') });
  assert.deepEqual(
    good.findings.map(({ code }) => code),
    ['bundle.signature-missing'],
  );
  assert.equal(good.manifest?.images[0]?.delta?.base.hash, sha256Of(baseImage));

  const cut = deltaFixture('patch-from-19.zst').subarray(0, 100);
  const manifest = manifestFor([deltaImageFor(newImage, cut, baseImage)]);
  writeFileSync(at('cut.bundle'), zipBytes(bundleParts(manifest, { 'deltas/app.bin': cut })));
  const bad = await inspectBundle(at('cut.bundle'), { now: new Date('2026-11-22T09:00:00Z') });
  assert.ok(bad.findings.some(({ code }) => code === 'bundle.delta-damaged'));
  writeFileSync(at('other.bundle'), zipBytes(bundleParts(manifest, { 'deltas/app.bin': Buffer.alloc(100) })));
  const swapped = await inspectBundle(at('other.bundle'), { now: new Date('2026-11-22T09:00:00Z') });
  assert.ok(swapped.findings.some(({ code }) => code === 'bundle.delta-hash'));
});

test('REQ-OTA-DLT-01 zstd itself applies what our vendor made', async (t) => {
  if (spawnSync('zstd', ['--version']).status !== 0) {
    t.skip('zstd is not installed');
    return;
  }
  const { at } = workplace(t);
  const made = await makeDelta({ name: 'a', imagePath: at('new.bin'), basePath: at('old.bin') });
  assert.ok(made.ok);
  writeFileSync(at('delta'), made.value.bytes);
  execFileSync('zstd', ['-q', '-d', `--patch-from=${at('old.bin')}`, at('delta'), '-o', at('result')]);
  assert.ok(readFileSync(at('result')).equals(newImage));
});

test('REQ-OTA-DLT-01 a base that cannot be read, is too large or unsuitable is refused by name, and no bundle is written', async (t) => {
  const { input, at } = workplace(t);
  const from = async (deltaFrom: string): Promise<string> => {
    const images = input.images.map((image) => ({ ...image, deltaFrom }));
    const made = await createBundle({ ...input, images }, at('out.bundle'));
    return made.ok ? 'made' : made.code;
  };
  assert.equal(await from(at('missing.bin')), 'bundle.file-unreadable');
  writeFileSync(at('large.bin'), Buffer.alloc((64 << 20) + 1));
  assert.equal(await from(at('large.bin')), 'bundle.delta-too-large');
  writeFileSync(at('dictionary.bin'), Buffer.concat([Buffer.from('37a430ec', 'hex'), baseImage]));
  assert.equal(await from(at('dictionary.bin')), 'bundle.delta-base-unsuitable');
  assert.ok(!existsSync(at('out.bundle')));
});
