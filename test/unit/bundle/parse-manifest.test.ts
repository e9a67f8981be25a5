import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseManifest } from '../../../core/bundle/parse-manifest.ts';
import { imageFor, manifestFor } from '../../helpers/test-bundle.ts';

const image = imageFor(Buffer.from('firmware'));
const good = manifestFor([image]);

function parse(value: unknown): ReturnType<typeof parseManifest> {
  return parseManifest(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)));
}

test('REQ-OTA-MAN-01 reads every field of a manifest', () => {
  assert.deepEqual(parse(good), { ok: true, value: good });
});

test('REQ-OTA-MAN-01 takes notes and an image signature where they are given', () => {
  const sig = { algorithm: 'ed25519', key: 'b'.repeat(64), value: 'AAAA' } as const;
  const manifest = { ...good, release: { ...good.release, notes: 'Fixes the pump.' }, images: [{ ...image, sig }] };
  assert.deepEqual(parse(manifest), { ok: true, value: manifest });
});

for (const field of Object.keys(good)) {
  test(`REQ-OTA-MAN-01 refuses a manifest without ${field}`, () => {
    const { [field as keyof typeof good]: _, ...rest } = good;
    const result = parse(rest);
    assert.equal(result.ok ? '' : result.code, 'bundle.manifest-invalid');
    assert.match(result.ok ? '' : result.reason, new RegExp(field));
  });
}

for (const field of Object.keys(image)) {
  test(`REQ-OTA-MAN-01 refuses an image without ${field}`, () => {
    const { [field as keyof typeof image]: _, ...rest } = image;
    const result = parse({ ...good, images: [rest] });
    assert.equal(result.ok ? '' : result.code, 'bundle.manifest-invalid');
    assert.match(result.ok ? '' : result.reason, new RegExp(`images\\.0\\.${field}`));
  });
}

const wrong: readonly [string, unknown][] = [
  ['an unknown key', { ...good, force: true }],
  ['an unknown key in an image', { ...good, images: [{ ...image, offset: 0 }] }],
  ['an unknown key in the release', { ...good, release: { ...good.release, url: 'x' } }],
  ['another format', { ...good, format: 'drydock-bundle/2' }],
  ['no image', { ...good, images: [] }],
  ['65 images', { ...good, images: Array.from({ length: 65 }, () => image) }],
  ['version 0', { ...good, images: [{ ...image, version: 0 }] }],
  ['a version beyond 32 bits', { ...good, images: [{ ...image, version: 2 ** 32 }] }],
  ['a version that is no integer', { ...good, images: [{ ...image, version: 1.5 }] }],
  ['a version that is text', { ...good, images: [{ ...image, version: '7' }] }],
  ['an empty image', { ...good, images: [{ ...image, len: 0 }] }],
  ['a hash in upper case', { ...good, images: [{ ...image, hash: image.hash.toUpperCase() }] }],
  ['a short hash', { ...good, images: [{ ...image, hash: 'ab' }] }],
  ['a file outside images/', { ...good, images: [{ ...image, file: 'app.bin' }] }],
  ['a file that climbs', { ...good, images: [{ ...image, file: 'images/../manifest.json' }] }],
  ['no compatible hardware', { ...good, images: [{ ...image, compat: [] }] }],
  ['an unknown image format', { ...good, images: [{ ...image, format: 'uf2' }] }],
  [
    'a weak image signature',
    { ...good, images: [{ ...image, sig: { algorithm: 'rsa-sha1', key: image.hash, value: '' } }] },
  ],
  ['a product id with capitals', { ...good, product: { id: 'Acme.Pump', name: 'Pump' } }],
  ['a time without zone', { ...good, issued: '2026-11-01T00:00:00' }],
  ['a day that does not exist', { ...good, issued: '2026-02-31T00:00:00Z' }],
  ['an hour that does not exist', { ...good, issued: '2026-02-01T24:00:00Z' }],
  ['a station version of two numbers', { ...good, minStationVersion: '1.0' }],
  ['an array', [good]],
  ['a number too long for a double', JSON.stringify(good).replace('"version":7', '"version":7.00000000000000000001')],
  ['one key twice', JSON.stringify(good).replace('"images"', '"issued":"2020-01-01T00:00:00Z","images"')],
  [
    'one key twice, once escaped',
    JSON.stringify(good).replace('"images"', '"\\u0069ssued":"2020-01-01T00:00:00Z","images"'),
  ],
  ['a reserved key', JSON.stringify(good).replace('"images"', '"__proto__":{},"images"')],
  ['text behind its end', `${JSON.stringify(good)} {}`],
  ['a byte order mark', `\ufeff${JSON.stringify(good)}`],
  ['a comment', `/* signed */ ${JSON.stringify(good)}`],
  ['deep nesting', `${'['.repeat(100)}${']'.repeat(100)}`],
];
for (const [what, value] of wrong) {
  test(`REQ-OTA-MAN-01 refuses a manifest with ${what}`, () => {
    const result = parse(value);
    assert.equal(result.ok ? 'accepted' : result.code, 'bundle.manifest-invalid');
  });
}

test('REQ-OTA-MAN-01 refuses bytes that are no UTF-8', () => {
  const bytes = Buffer.concat([Buffer.from(JSON.stringify(good).slice(0, -1)), Buffer.from([0xff, 0x7d])]);
  const result = parseManifest(bytes);
  assert.equal(result.ok ? 'accepted' : result.code, 'bundle.manifest-invalid');
});
