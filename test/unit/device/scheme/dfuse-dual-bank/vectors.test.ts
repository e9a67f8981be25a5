import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readVectors } from '../../../../../core/device/scheme/dfuse-dual-bank/vectors.ts';

const ram = { startAddress: 0x2000_0000, sizeBytes: 0x2_0000 };
const flash = { startAddress: 0x0800_0000, endAddress: 0x0802_0000 };

function read(stackPointer: number, resetVector = 0x0800_0101): string {
  const bytes = Buffer.alloc(8);
  bytes.writeUInt32LE(stackPointer, 0);
  bytes.writeUInt32LE(resetVector, 4);
  return readVectors(bytes, ram, flash);
}

test('REQ-OTA-APP-01 a bank starts where every ROM takes its first word for a stack pointer and a reset vector follows', () => {
  assert.deepEqual([read(0x2000_0004), read(0x2000_8000), read(0x2001_fffc)], ['starts', 'starts', 'starts']);
  assert.deepEqual([read(0x2000_8000, 0x0800_0001), read(0x2000_8000, 0x0801_ffff)], ['starts', 'starts']);
});

test('REQ-OTA-APP-01 a bank is blank where no ROM takes its first word for a stack pointer', () => {
  for (const word of [0xffff_ffff, 0, 0x0800_0101, 0x4000_0000, 0x96f3_b83d]) assert.equal(read(word), 'none');
});

test('REQ-OTA-APP-01 what lies between is not clear: RAM of other sizes or kinds, odd stacks, and half of the vectors', () => {
  for (const word of [0x2000_0000, 0x2002_0000, 0x2003_0000, 0x1000_08f0, 0x2000_8001, 0x2000_8002, 0x3000_0000]) {
    assert.equal(read(word), 'unclear', word.toString(16));
  }
  for (const vector of [0xffff_ffff, 0, 0x0800_0100, 0x0800_0000, 0x0802_0001, 0x2000_0101]) {
    assert.equal(read(0x2000_8000, vector), 'unclear', vector.toString(16));
  }
});
