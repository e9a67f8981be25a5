import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ManifestImage } from '../../../contract/schema/bundle.ts';
import { checkImageDependencies } from '../../../core/bundle/images/check-dependencies.ts';
import { isVersionSufficient } from '../../../core/mcuboot/image-dependency.ts';
import { parseMcubootImage } from '../../../core/mcuboot/parse-image.ts';
import { createPublicKey } from 'node:crypto';
import { accept } from '../../../contract/result.ts';
import { bundleParts, fixtureKeyPem, imageFor, manifestFor, mcubootFixture } from '../../helpers/test-bundle.ts';
import { testStation } from '../../helpers/test-import.ts';
import { zipBytes } from '../../helpers/zip-bytes.ts';

/** An image of the fixtures under a manifest's entry. */
function imageOf(name: string, changes: Partial<ManifestImage>) {
  const bytes = mcubootFixture(name);
  const parsed = parseMcubootImage(bytes);
  assert.ok(parsed.ok);
  return { bytes, image: imageFor(bytes, { format: 'mcuboot', ...changes }), mcuboot: parsed.value };
}

const dependent = imageOf('ed25519-depends-on-1', { compat: ['vu-a', 'vu-b'] });
const radio = (changes: Partial<ManifestImage> = {}, name = 'ed25519-version-2.0.0') =>
  imageOf(name, { file: 'images/radio.bin', slot: 'radio', index: 1, compat: ['vu-a', 'vu-b'], ...changes });

const codeOf = (...others: Parameters<typeof checkImageDependencies>[0]) =>
  checkImageDependencies([dependent, ...others])?.code ?? 'accepted';

test('REQ-OTA-SIG-04 an image whose dependency is in the bundle, for each of its hardware, is accepted', () => {
  assert.equal(codeOf(radio()), 'accepted');
  const forA = radio({ compat: ['vu-a'] });
  const forB = radio({ file: 'images/radio-b.bin', compat: ['vu-b', 'vu-c'] });
  assert.equal(codeOf(forA, forB), 'accepted');
});

test('REQ-OTA-SIG-04 an image that depends on what the bundle lacks is refused, with both versions named', () => {
  assert.equal(codeOf(), 'bundle.image-dependency');
  assert.equal(codeOf(radio({ index: 2 })), 'bundle.image-dependency');
  assert.equal(codeOf(radio({ compat: ['vu-a'] })), 'bundle.image-dependency');
  const old = checkImageDependencies([dependent, radio({}, 'ed25519')]);
  assert.equal(old?.code, 'bundle.image-dependency');
  assert.match(old.reason, /image 1 in version 2\.0\.0\+99 or newer.*radio\.bin in version 1\.2\.3\+4/);
});

test('REQ-OTA-SIG-04 a number that two images of one hardware bear satisfies nothing', () => {
  const second = radio({ file: 'images/second.bin', slot: 'second' });
  assert.equal(codeOf(radio(), second), 'bundle.image-dependency');
});

test('REQ-OTA-SIG-04 an image without index is number 0', () => {
  const { index: _index, ...withoutIndex } = radio().image;
  assert.equal(codeOf({ ...radio(), image: withoutIndex }), 'bundle.image-dependency');
});

test('REQ-OTA-SIG-04 versions compare part by part, without the build number', () => {
  const least = { major: 1, minor: 2, revision: 3, build: 99 };
  const at = (major: number, minor: number, revision: number, build = 0) =>
    isVersionSufficient({ major, minor, revision, build }, least);
  for (const enough of [at(1, 2, 3), at(1, 2, 4), at(1, 3, 0), at(2, 0, 0)]) assert.equal(enough, true);
  for (const old of [at(1, 2, 2, 100), at(1, 1, 9), at(0, 9, 9)]) assert.equal(old, false);
});

test('REQ-OTA-MAN-03 import checks dependencies, and leaves nothing of a bundle that lacks one', async (t) => {
  const imageKeys = [createPublicKey(fixtureKeyPem('root-ed25519')).export({ format: 'der', type: 'spki' })];
  const rulesFor = () => accept({ threshold: 1, anchors: null, revocation: null, imageKeys });
  const whole = testStation(t, { rulesFor });
  const other = radio();
  const manifest = manifestFor([dependent.image, other.image]);
  const files = { [dependent.image.file]: dependent.bytes, [other.image.file]: other.bytes };
  const imported = await whole.import(zipBytes(bundleParts(manifest, files)));
  assert.ok(imported.ok, JSON.stringify(imported));

  const lacking = testStation(t, { rulesFor });
  const alone = bundleParts(manifestFor([dependent.image]), { [dependent.image.file]: dependent.bytes });
  const refused = await lacking.import(zipBytes(alone));
  assert.equal(refused.ok ? 'accepted' : refused.code, 'bundle.image-dependency');
  assert.deepEqual(lacking.files(), []);
});
