import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { ManifestImage } from '../../../contract/schema/bundle.ts';
import { verifyStoredImage } from '../../../core/bundle/images/verify-stored-image.ts';
import { verifyMcubootHash } from '../../../core/mcuboot/verify-hash.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { fixtureKeyPem, imageFor, mcubootFixture } from '../../helpers/test-bundle.ts';

function spkiOf(key: string): Buffer {
  return createPublicKey(createPrivateKey(fixtureKeyPem(key))).export({ format: 'der', type: 'spki' });
}

const keys = ['root-ec-p256', 'root-ec-p384', 'root-ed25519', 'root-rsa-3072'].map(spkiOf);
const p256 = mcubootFixture('ecdsa-p256');

/** What becomes of `bytes` in the place of the image. */
async function outcome(
  t: TestContext,
  bytes: Uint8Array | null,
  image: ManifestImage,
  imageKeys: readonly Uint8Array[] = keys,
): Promise<string> {
  const path = join(tempFolder(t), 'image');
  if (bytes !== null) writeFileSync(path, bytes);
  const verified = await verifyStoredImage({ path, image, imageKeys, rawImageOffset: null });
  return verified.ok ? verified.value.bootHash : verified.code;
}

for (const file of ['ecdsa-p256', 'ecdsa-p384', 'ed25519', 'rsa-3072']) {
  test(`REQ-OTA-MAN-02 REQ-OTA-SIG-04 verifies the stored MCUboot image ${file} and tells its boot hash`, async (t) => {
    const bytes = mcubootFixture(file);
    const hashed = verifyMcubootHash(bytes);
    assert.ok(hashed.ok);
    const image = imageFor(bytes, { format: 'mcuboot' });
    assert.equal(await outcome(t, bytes, image), Buffer.from(hashed.value.digest).toString('hex'));
  });

  test(`REQ-OTA-MAN-02 refuses the stored image ${file} with one bit of it changed, wherever that is`, async (t) => {
    const bytes = mcubootFixture(file);
    const image = imageFor(bytes, { format: 'mcuboot' });
    for (const at of [0, bytes.length >> 1, bytes.length - 1]) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      assert.equal(await outcome(t, changed, image), 'bundle.stored-damaged');
    }
  });
}

test('REQ-OTA-MAN-02 refuses a stored image that is shorter, longer, gone or a link', async (t) => {
  const image = imageFor(p256, { format: 'mcuboot' });
  assert.equal(await outcome(t, p256.subarray(1), image), 'bundle.stored-damaged');
  assert.equal(await outcome(t, Buffer.concat([p256, Buffer.from('x')]), image), 'bundle.stored-damaged');
  assert.equal(await outcome(t, null, image), 'bundle.stored-missing');
  const folder = tempFolder(t);
  writeFileSync(join(folder, 'target'), p256);
  symlinkSync(join(folder, 'target'), join(folder, 'image'));
  const verified = await verifyStoredImage({
    path: join(folder, 'image'),
    image,
    imageKeys: keys,
    rawImageOffset: null,
  });
  assert.equal(verified.ok ? 'accepted' : verified.code, 'station.storage-failed');
});

test('REQ-OTA-SIG-04 refuses a stored image that its boot loader would refuse', async (t) => {
  const image = imageFor(p256, { format: 'mcuboot' });
  assert.equal(await outcome(t, p256, image, [spkiOf('root-ed25519')]), 'mcuboot.key-unknown');
  assert.equal(await outcome(t, p256, { ...image, version: image.version + 1 }), 'bundle.image-counter');
  assert.equal(await outcome(t, p256, { ...image, format: 'raw' }), 'bundle.image-format');
  // The SHA-256 is the manifest's, the hash that the image carries is not its own.
  const damaged = Buffer.from(p256);
  const bodyAt = damaged.readUInt16LE(8);
  damaged.writeUInt8(damaged.readUInt8(bodyAt) ^ 1, bodyAt);
  assert.equal(await outcome(t, damaged, imageFor(damaged, { format: 'mcuboot' })), 'mcuboot.hash-mismatch');
});
