import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readSlotTrailer, trailerAlignment, trailerLenBytes } from '../../../core/mcuboot/trailer.ts';

const MAGIC_8 = Buffer.from('77c295f360d2ef7f3552500f2cb67980', 'hex');

/** Tail of a slot at alignment 8: swap_info at −40, copy_done at −32, image_ok at −24, magic at −16. */
function tail(swapInfo: number, copyDone: number, imageOk: number, magic: Uint8Array = MAGIC_8): Buffer {
  const bytes = Buffer.alloc(64, 0xff);
  bytes[64 - 40] = swapInfo;
  bytes[64 - 32] = copyDone;
  bytes[64 - 24] = imageOk;
  bytes.set(magic, 48);
  return bytes;
}

test('REQ-OTA-APP-01 states the room that a trailer takes as the boot loader computes it', () => {
  assert.equal(trailerLenBytes({ alignBytes: 8, writeBytes: 1, maxSectors: 128 }), 432);
  assert.equal(trailerLenBytes({ alignBytes: 8, writeBytes: 4, maxSectors: 128 }), 1584);
  assert.equal(trailerLenBytes({ alignBytes: 8, writeBytes: 8, maxSectors: 128 }), 3120);
});

test('REQ-OTA-APP-03 reads the flags of a test boot from the trailer', () => {
  assert.deepEqual(readSlotTrailer(tail(0x02, 0x01, 0xff)), { imageOk: 'unset', copyDone: 'set', swap: 'test' });
  assert.deepEqual(readSlotTrailer(tail(0x13, 0xff, 0x01)), { imageOk: 'set', copyDone: 'unset', swap: 'perm' });
  assert.deepEqual(readSlotTrailer(tail(0xff, 0xff, 0xff)), { imageOk: 'unset', copyDone: 'unset', swap: 'none' });
});

test('REQ-OTA-APP-03 a flag counts as set by the value 01 alone', () => {
  assert.equal(readSlotTrailer(tail(0x02, 0x00, 0x03))?.imageOk, 'bad');
  assert.equal(readSlotTrailer(tail(0x02, 0x00, 0x03))?.copyDone, 'bad');
});

test('REQ-OTA-USB-04 erased flash, a short tail and an impossible alignment hold no trailer', () => {
  assert.equal(readSlotTrailer(Buffer.alloc(64, 0xff)), null);
  assert.equal(readSlotTrailer(MAGIC_8), null);
  assert.equal(readSlotTrailer(Buffer.alloc(3)), null);
  const odd = Buffer.from('07002de15d29410b8d77679c110f1f8a', 'hex');
  assert.equal(readSlotTrailer(tail(2, 1, 1, odd)), null);
});

test('reads the trailer of a wider alignment at its own offsets', () => {
  const bytes = Buffer.alloc(128, 0xff);
  bytes.set(Buffer.from('10002de15d29410b8d77679c110f1f8a', 'hex'), 112);
  bytes[112 - 16] = 0x01;
  bytes[112 - 48] = 0x04;
  assert.deepEqual(readSlotTrailer(bytes), { imageOk: 'set', copyDone: 'unset', swap: 'revert' });
});

test('REQ-OTA-APP-03 finds the trailer of an independent padded image', () => {
  const padded = readFileSync(new URL('../../fixtures/mcuboot/images/tfm_s_signed.bin', import.meta.url));
  assert.equal(trailerAlignment(padded), 8);
  assert.deepEqual(readSlotTrailer(padded.subarray(-64)), { imageOk: 'unset', copyDone: 'unset', swap: 'none' });
});
