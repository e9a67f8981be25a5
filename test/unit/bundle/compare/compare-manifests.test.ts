import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ManifestDocument } from '../../../../contract/schema/bundle.ts';
import { compareManifests } from '../../../../core/bundle/compare/compare-manifests.ts';
import { imageFor, manifestFor } from '../../../helpers/test-bundle.ts';

const bytes = (text: string) => Buffer.from(text);
const paper = (file: string, hash: string, kind: ManifestDocument['kind'] = 'release-notes'): ManifestDocument => ({
  ...{ file: `documents/${file}`, kind, title: file, len: 1, hash: hash.repeat(64) },
  mediaType: kind === 'sbom' ? 'application/vnd.cyclonedx+json' : 'text/plain',
});

test('images are compared by slot and hardware; hardware with the same two images is one line', () => {
  const before = manifestFor([
    imageFor(bytes('app 3'), { file: 'images/app', version: 3, compat: ['a', 'b'] }),
    imageFor(bytes('radio'), { file: 'images/radio', slot: 'radio', version: 7, compat: ['a'] }),
    imageFor(bytes('old'), { file: 'images/old', version: 1, compat: ['z'] }),
  ]);
  const after = manifestFor([
    imageFor(bytes('app 4'), { file: 'images/app', version: 4, compat: ['a', 'b', 'c'] }),
    imageFor(bytes('radio'), { file: 'images/radio', slot: 'radio', version: 7, compat: ['a'] }),
  ]);
  const { images, hardwareAdded, hardwareRemoved } = compareManifests(before, after);
  assert.deepEqual(
    images.map(({ slot, hardware, from, to, isSame }) => [slot, hardware, from?.version, to?.version, isSame]),
    [
      ['application', ['a', 'b'], 3, 4, false],
      ['application', ['c'], undefined, 4, false],
      ['radio', ['a'], 7, 7, true],
      ['application', ['z'], 1, undefined, false],
    ],
  );
  assert.deepEqual([hardwareAdded, hardwareRemoved], [['c'], ['z']]);
});

test('an image that is another one under the same version is not told to be the same', () => {
  const of = (text: string) => manifestFor([imageFor(bytes(text))]);
  assert.deepEqual(compareManifests(of('one'), of('two')).images[0]?.isSame, false);
  assert.deepEqual(compareManifests(of('one'), of('one')).images[0]?.isSame, true);
});

test('documents are found again by name, or as the only one of their kind under a new name', () => {
  const before = manifestFor([imageFor(bytes('x'))], {
    documents: [
      paper('notes-1.txt', 'a'),
      paper('sbom-1.json', 'b', 'sbom'),
      paper('x.txt', 'c', 'other'),
      paper('y.txt', 'd', 'other'),
    ],
  });
  const after = manifestFor([imageFor(bytes('x'))], {
    documents: [
      paper('notes-2.txt', 'e'),
      paper('sbom-2.json', 'b', 'sbom'),
      paper('x.txt', 'f', 'other'),
      paper('z.txt', 'd', 'other'),
      paper('w.txt', '0', 'other'),
    ],
  });
  assert.deepEqual(
    compareManifests(before, after).documents.map(({ title, change }) => [title, change]),
    [
      ['notes-2.txt', 'changed'],
      ['sbom-2.json', 'same'],
      ['x.txt', 'changed'],
      ['z.txt', 'added'],
      ['w.txt', 'added'],
      ['y.txt', 'removed'],
    ],
  );
});

test('other device profiles are told of', () => {
  const profile = (hash: string) => ({ file: `profiles/${hash}.json`, len: 1, hash: hash.repeat(64) });
  const of = (...hashes: string[]) => manifestFor([imageFor(bytes('x'))], { profiles: hashes.map(profile) });
  assert.equal(compareManifests(of('a', 'b'), of('b', 'a')).profilesChanged, false);
  assert.equal(compareManifests(of('a'), of('a', 'b')).profilesChanged, true);
});
