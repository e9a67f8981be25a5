import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { readSlotContent } from '../../../core/mcuboot/slot-content.ts';
import { isOnTrial, nextSwap } from '../../../core/mcuboot/swap-type.ts';
import type { SlotTrailer, TrailerFlag } from '../../../core/mcuboot/trailer.ts';
import { buildImage } from '../../../simulator/image-builder.ts';

const geometry = { alignBytes: 8, writeBytes: 8, maxSectors: 16 };
const SLOT_BYTES = 8192;
const image = buildImage({ version: '1.2.3+4', securityCounter: 7, bodyBytes: 1000 });

function slotOf(content: Uint8Array, imageOk = 0xff): Buffer {
  const slot = Buffer.alloc(SLOT_BYTES, 0xff);
  slot.set(content);
  return Buffer.concat([slot.subarray(0, SLOT_BYTES - 24), Buffer.of(imageOk), slot.subarray(SLOT_BYTES - 23)]);
}

function withMagic(slot: Buffer, magic = '77c295f360d2ef7f3552500f2cb67980'): Buffer {
  Buffer.from(magic, 'hex').copy(slot, SLOT_BYTES - 16);
  return slot;
}

test('REQ-OTA-VER-01 reads version, counter and hash of the image at the start of a slot', () => {
  const content = readSlotContent(slotOf(image), geometry);
  assert.equal(content.holds, 'image');
  assert.deepEqual([content.image?.version, content.image?.counter, content.trailer], ['1.2.3+4', 7, null]);
  assert.match(content.image?.hash ?? '', /^[0-9a-f]{64}$/);
});

// Made by OpenSSL (test/fixtures/mcuboot/README.md): 32 bytes of header, 100 of body, protected TLVs.
for (const [file, hashName, digits] of [
  ['ed25519', 'sha256', 64],
  ['ecdsa-p384', 'sha384', 96],
  ['ed25519-sha512', 'sha512', 128],
] as const) {
  test(`REQ-OTA-VER-01 an image is known by the hash that it carries: ${hashName} of ${file}`, () => {
    const bytes = readFileSync(new URL(`../../fixtures/mcuboot/signed/${file}.bin`, import.meta.url));
    const hashedBytes = 32 + 100 + bytes.readUInt16LE(10);
    const hash = readSlotContent(slotOf(bytes), geometry).image?.hash;
    assert.equal(hash, createHash(hashName).update(bytes.subarray(0, hashedBytes)).digest('hex'));
    assert.equal(hash.length, digits);
  });
}

test('REQ-OTA-APP-02 an image of which one byte is another is invalid, whatever its hash TLV says', () => {
  for (const at of [40, 500, image.length - 40]) {
    const changed = Buffer.from(image);
    changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
    assert.equal(readSlotContent(slotOf(changed), geometry).holds, 'invalid', String(at));
  }
});

test('REQ-OTA-APP-02 erased flash is empty; what is no image, or is cut off, is invalid', () => {
  assert.equal(readSlotContent(slotOf(new Uint8Array(0)), geometry).holds, 'empty');
  assert.equal(readSlotContent(slotOf(Buffer.alloc(64, 0x5a)), geometry).holds, 'invalid');
  assert.equal(readSlotContent(slotOf(image.subarray(0, 600)), geometry).holds, 'invalid');
});

test('REQ-OTA-APP-03 a trailer counts only with the magic of the boot loader’s own alignment', () => {
  const marked = readSlotContent(withMagic(slotOf(image)), geometry);
  assert.deepEqual(marked.trailer, { imageOk: 'unset', copyDone: 'unset', swap: 'none' });
  const wider = withMagic(slotOf(image), '10002de15d29410b8d77679c110f1f8a');
  assert.equal(readSlotContent(wider, geometry).trailer, null);
});

test('REQ-OTA-USB-04 no bytes of a slot make the reader throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), fc.nat(image.length - 1), (bytes, at) => {
      const changed = slotOf(image);
      changed.set(bytes.subarray(0, SLOT_BYTES - at), at);
      for (const slot of [changed, bytes]) {
        const content = readSlotContent(slot, geometry);
        assert.equal(content.image === null, content.holds !== 'image');
      }
    }),
    { seed: 20261129, numRuns: 500 },
  );
});

const trailer = (imageOk: TrailerFlag, copyDone: TrailerFlag): SlotTrailer => ({ imageOk, copyDone, swap: 'none' });

test('REQ-OTA-APP-03 what the next boot does follows the boot loader’s table, first match first', () => {
  const onTrial = trailer('unset', 'set');
  for (const [primary, secondary, expected] of [
    [null, null, 'none'],
    [onTrial, trailer('unset', 'unset'), 'test'],
    [onTrial, trailer('set', 'unset'), 'perm'],
    [onTrial, null, 'revert'],
    [onTrial, trailer('bad', 'unset'), 'revert'],
    [trailer('set', 'set'), null, 'none'],
    [trailer('bad', 'set'), null, 'none'],
    [trailer('unset', 'unset'), null, 'none'],
  ] as const) {
    assert.equal(nextSwap(primary, secondary), expected, JSON.stringify([primary, secondary]));
  }
  assert.deepEqual([isOnTrial(onTrial), isOnTrial(trailer('set', 'set')), isOnTrial(null)], [true, false, false]);
});
