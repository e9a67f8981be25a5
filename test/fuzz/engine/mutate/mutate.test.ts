import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SeededRandom } from '../../../../simulator/seeded-random.ts';
import { fixtureManifest, signedParts } from '../../../helpers/signed-bundle.ts';
import { zipBytes } from '../../../helpers/zip-bytes.ts';
import { cmsFiles, derFiles } from '../../support/trust-files.ts';
import { readDerTrees, writeDerTrees } from './der-tree.ts';
import { mutateDer } from './der-mutations.ts';
import { mutateJson } from './json-mutations.ts';
import { mutate } from './mutate.ts';
import type { MutationContext } from './mutation.ts';
import { readZipParts } from './read-zip-parts.ts';
import { replaceCompared } from './replace-compared.ts';

function contextOf(other: Uint8Array, pairs: MutationContext['pairs'] = []): MutationContext {
  return { random: new SeededRandom(1), dictionary: [Buffer.from('word')], other: () => other, pairs };
}

test('DER that is taken apart and written again is the same DER', () => {
  for (const file of derFiles('certs')) assert.deepEqual(writeDerTrees(readDerTrees(file) ?? []), file);
});

test('most mutations of a certificate are still whole DER', () => {
  const [certificate = Buffer.alloc(0), other = Buffer.alloc(0)] = derFiles('certs');
  const context = contextOf(other);
  const changed = Array.from({ length: 200 }, () => mutateDer(certificate, context));
  assert.ok(changed.filter((bytes) => !certificate.equals(bytes)).length > 100);
  assert.ok(changed.filter((bytes) => readDerTrees(bytes) !== null).length > 190);
});

test('JSON of any depth is changed in little time', () => {
  for (const depth of [10, 60, 1999, 8000]) {
    const nested = Buffer.from('['.repeat(depth) + ']'.repeat(depth));
    const context = contextOf(nested);
    const changed = Array.from({ length: 50 }, () => mutateJson(nested, context));
    assert.ok(changed.some((bytes) => !nested.equals(bytes)));
  }
});

test('an archive is read back as it was made, whatever form its records have', () => {
  const parts = signedParts('p256');
  const forms = [
    zipBytes(parts),
    zipBytes(parts.map((part) => ({ ...part, deflate: true, descriptor: 'signed' as const }))),
    zipBytes(
      parts.map((part) => ({ ...part, zip64: true })),
      { zip64End: true },
    ),
  ];
  for (const archive of forms) {
    const read = readZipParts(archive).map(({ name, data }) => [Buffer.from(name).toString(), Buffer.from(data)]);
    assert.deepEqual(
      read,
      parts.map(({ name, data }) => [name, Buffer.from(data)]),
    );
  }
});

test('what the reader compared is put in the place of what it found', () => {
  const replaced = (input: string, pairs: MutationContext['pairs']): Set<string> => {
    const context = contextOf(new Uint8Array(), pairs);
    return new Set(
      Array.from({ length: 200 }, () =>
        Buffer.from(replaceCompared(Buffer.from(input, 'latin1'), context)).toString('latin1'),
      ),
    );
  };
  assert.ok(replaced('a left word', [['left', 'wanted']]).has('a wanted word'));
  assert.ok(replaced('..\u0001\u0002..', [[0x0201, 0x4241]]).has('..AB..'));
  assert.ok(replaced('.U\u001d\u000f.', [['2.5.29.15', '2.5.29.19']]).has('.U\u001d\u0013.'));
});

test('no input is beyond mutation, and none grows beyond its limit', () => {
  const inputs = [new Uint8Array(), Buffer.from('{'), fixtureManifest, zipBytes(signedParts('p256')), ...cmsFiles()];
  const context = contextOf(zipBytes(signedParts('ed25519')), [
    ['a', 'b'],
    [1, 2 ** 40],
  ]);
  for (const input of inputs) {
    for (let round = 0; round < 100; round += 1) {
      const changed = mutate(input, { shapes: ['der', 'json', 'text', 'zip'], maxLenBytes: 16_384 }, context);
      assert.ok(changed.length <= Math.max(16_384, input.length));
    }
  }
});
