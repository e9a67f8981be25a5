import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign } from 'node:crypto';
import { test } from 'node:test';
import type { ManifestImage } from '../../../contract/schema/bundle.ts';
import { PassingHash } from '../../../core/bundle/images/passing-hash.ts';
import { verifyImage } from '../../../core/bundle/images/verify-image.ts';
import type { ImageReader } from '../../../core/mcuboot/image-source.ts';
import { buildImage } from '../../../simulator/image-builder.ts';
import { fixtureKeyPem, imageFor, mcubootFixture, sha256Of } from '../../helpers/test-bundle.ts';

const spkiOf = (key: string): Buffer =>
  createPublicKey(createPrivateKey(fixtureKeyPem(key))).export({ format: 'der', type: 'spki' });

const allKeys = ['root-ec-p256', 'root-ec-p384', 'root-ed25519', 'root-rsa-3072'].map(spkiOf);

function passBy(bytes: Uint8Array, chunkBytes: number, image: ManifestImage, keys = allKeys): PassingHash {
  const hash = PassingHash.ofImage(image, keys);
  for (let at = 0; at < bytes.length; at += chunkBytes) hash.update(bytes.subarray(at, at + chunkBytes));
  return hash;
}

/** What the check says, and how many bytes it read for that. */
function verify(bytes: Uint8Array, image: ManifestImage, keys: readonly Uint8Array[], passed: PassingHash | null) {
  let readBytes = 0;
  const reader: ImageReader = {
    lenBytes: bytes.length,
    knownStart: passed?.knownStart() ?? null,
    read(offset, lenBytes) {
      readBytes += lenBytes;
      return bytes.subarray(offset, offset + lenBytes);
    },
  };
  const verdict = verifyImage(reader, image, keys);
  return { verdict: verdict.ok ? 'accepted' : verdict.code, readBytes };
}

const fixtures = [
  ...['ecdsa-p256', 'ecdsa-p256-padded-signature', 'ecdsa-p256-garbage-behind-signature', 'ecdsa-p256-no-key-hash'],
  ...['ecdsa-p384', 'ecdsa-p384-over-sha256', 'ed25519', 'ed25519-other-key-hash', 'rsa-3072', 'rsa-3072-pkcs1'],
];
for (const name of fixtures) {
  const bytes = mcubootFixture(name);
  const image = imageFor(bytes, { format: 'mcuboot' });
  const damaged = Buffer.from(bytes);
  damaged.writeUInt8(damaged.readUInt8(40) ^ 1, 40);

  test(`REQ-OTA-SIG-04 an image that was hashed as it passed gets the verdict of one that is read: ${name}`, () => {
    for (const content of [bytes, damaged]) {
      const expected = verify(content, image, allKeys, null).verdict;
      for (const chunkBytes of [32, 77, content.length]) {
        const passed = passBy(content, chunkBytes, image);
        assert.equal(verify(content, image, allKeys, passed).verdict, expected);
        assert.equal(passed.digestHex(), sha256Of(content));
      }
    }
  });
}

test('REQ-OTA-SIG-04 the body of an MCUboot image that was hashed as it passed is not read again', () => {
  const signingKey = createPrivateKey(fixtureKeyPem('root-ec-p256'));
  const bytes = buildImage({ version: '1.2.3+0', securityCounter: 7, bodyBytes: 100_000, signingKey });
  const image = imageFor(bytes, { format: 'mcuboot' });
  const { verdict, readBytes } = verify(bytes, image, allKeys, passBy(bytes, 1000, image));
  assert.equal(verdict, 'accepted');
  assert.ok(readBytes < 1000, `${readBytes} bytes were read`);
});

test('REQ-OTA-SIG-04 a raw image whose sig was checked as it passed is not read again', () => {
  const data = Buffer.from('firmware'.repeat(1000));
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ format: 'der', type: 'spki' });
  const sigOver = (content: Buffer): ManifestImage['sig'] => ({
    algorithm: 'ecdsa-p256-sha256',
    key: sha256Of(spki),
    value: sign('sha256', content, privateKey).toString('base64'),
  });
  const good = imageFor(data, { sig: sigOver(data) });
  assert.deepEqual(verify(data, good, [spki], passBy(data, 999, good, [spki])), { verdict: 'accepted', readBytes: 4 });
  const bad = imageFor(data, { sig: sigOver(Buffer.from('other')) });
  assert.equal(verify(data, bad, [spki], passBy(data, 999, bad, [spki])).verdict, 'bundle.image-signature');
});

test('REQ-OTA-SIG-04 what is known of another length of the file is not used', () => {
  const bytes = mcubootFixture('ecdsa-p256');
  const image = imageFor(bytes, { format: 'mcuboot' });
  const asRaw = passBy(bytes, 100, { ...image, format: 'raw' });
  assert.equal(verify(bytes, image, allKeys, asRaw).verdict, 'accepted');
});

test('REQ-OTA-MAN-02 a file that no boot loader checks is hashed and nothing else', () => {
  const hash = PassingHash.ofFile();
  hash.update(Buffer.from('a'));
  hash.update(Buffer.from('bc'));
  assert.equal(hash.digestHex(), sha256Of(Buffer.from('abc')));
});
