import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sliceEmbeddedImage } from '../../../core/mcuboot/embedded-image.ts';
import { verifyMcubootHash } from '../../../core/mcuboot/verify-hash.ts';
import { mcubootFixture } from '../../helpers/test-bundle.ts';

const image = mcubootFixture('ecdsa-p256');
const around = (before: number, after: number) =>
  Buffer.concat([Buffer.alloc(before, 0x5a), image, Buffer.alloc(after, 0xff)]);

test('REQ-OTA-SIG-04 the image inside of a larger file is found from its header to its last TLV', () => {
  const found = sliceEmbeddedImage(around(4096, 777), 4096);
  assert.ok(found.ok);
  assert.equal(found.value.lenBytes, image.length);
  assert.deepEqual(Buffer.from(found.value.read(0, image.length)), image);
  assert.ok(verifyMcubootHash(found.value).ok);
});

test('REQ-OTA-SIG-04 a file that ends before, or holds no image there, is refused', () => {
  for (const [file, offset, code] of [
    [around(16, 0), 4096, 'mcuboot.header-invalid'],
    [around(16, 4096), 0, 'mcuboot.header-invalid'],
    [around(64, 0).subarray(0, 64 + image.length - 8), 64, 'mcuboot.tlv-invalid'],
  ] as const) {
    const found = sliceEmbeddedImage(file, offset);
    assert.equal(found.ok ? null : found.code, code);
  }
});
