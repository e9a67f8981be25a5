import assert from 'node:assert/strict';
import test from 'node:test';
import { FlashFailureError, NorFlash, PowerCutError } from '../../../simulator/flash.ts';

const geometry = { sizeBytes: 1024, sectorBytes: 256, writeAlignBytes: 8 };

function word(value: number): Uint8Array {
  return new Uint8Array(8).fill(value);
}

test('REQ-OTA-USB-02 NOR flash: a program clears bits only, and reports where a 1 was asked for over a 0', () => {
  const flash = new NorFlash(geometry);
  assert.equal(flash.program(0, word(0xf0)), 0);
  assert.equal(flash.program(0, word(0x3c)), 8);
  assert.deepEqual(flash.read(0, 8), word(0x30));
  assert.equal(flash.overwrittenBytes, 8);
});

test('REQ-OTA-USB-02 NOR flash: an erase sets exactly one sector to ff', () => {
  const flash = new NorFlash(geometry);
  for (let offset = 0; offset < 1024; offset += 8) flash.program(offset, word(0));
  flash.eraseSector(256);
  assert.ok(flash.read(256, 256).every((byte) => byte === 0xff));
  assert.ok(flash.read(0, 256).every((byte) => byte === 0));
  assert.ok(flash.read(512, 512).every((byte) => byte === 0));
});

test('REQ-OTA-USB-02 NOR flash: unaligned writes, erases off a sector and accesses outside are mistakes', () => {
  const flash = new NorFlash(geometry);
  assert.throws(() => flash.program(4, word(0)), RangeError);
  assert.throws(() => flash.program(0, new Uint8Array(7)), RangeError);
  assert.throws(() => flash.eraseSector(100), RangeError);
  assert.throws(() => flash.read(1020, 8), RangeError);
  assert.throws(() => flash.restore(new Uint8Array(3)), RangeError);
});

test('REQ-OTA-APP-04 a power cut tears the operation, differently by seed and equally for the same seed', () => {
  const tear = (seed: number): string => {
    const flash = new NorFlash(geometry, seed);
    flash.program(0, new Uint8Array(256));
    flash.cutPowerAt(2);
    flash.program(256, word(0));
    assert.throws(() => flash.eraseSector(0), PowerCutError);
    return Buffer.from(flash.read(0, 256)).toString('hex');
  };
  assert.equal(tear(5), tear(5));
  assert.equal(new Set([1, 2, 3, 4, 5].map(tear)).size, 5);
  assert.ok([1, 2, 3, 4, 5].some((seed) => /00/.test(tear(seed)) && /ff/.test(tear(seed))));
});

test('REQ-OTA-APP-04 a flash failure comes once, at the planned operation, and changes nothing', () => {
  const flash = new NorFlash(geometry);
  flash.failAt(2);
  flash.program(0, word(1));
  assert.throws(() => flash.program(8, word(1)), FlashFailureError);
  assert.deepEqual(flash.read(8, 8), word(0xff));
  flash.program(8, word(1));
  assert.equal(flash.operations, 3);
});

test('REQ-OTA-USB-02 a snapshot puts every byte back', () => {
  const flash = new NorFlash(geometry);
  flash.program(512, word(0x5a));
  const snapshot = flash.snapshot();
  flash.eraseSector(512);
  flash.restore(snapshot);
  assert.deepEqual(flash.read(512, 8), word(0x5a));
});
