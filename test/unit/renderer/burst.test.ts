import assert from 'node:assert/strict';
import { test } from 'node:test';
import { BurstReader } from '../../../renderer/scanner/burst.ts';

function type(reader: BurstReader, text: string, everyMs: number, fromMs = 1000): number {
  let atMs = fromMs;
  for (const character of text) {
    reader.add(character, atMs);
    atMs += everyMs;
  }
  return atMs;
}

test('REQ-OTA-UI-01 a burst that ends in Enter is a scan', () => {
  const reader = new BurstReader();
  const end = type(reader, 'WO-2026-17', 8);
  assert.deepEqual(reader.end(end), { text: 'WO-2026-17', symbology: null, typedLength: 10 });
});

test('typing that ends in Enter is no scan, however long it is', () => {
  const reader = new BurstReader();
  const end = type(reader, 'a long work order', 80);
  assert.equal(reader.end(end), undefined);
});

test('a burst whose Enter comes later than a scanner sends it is no scan', () => {
  const reader = new BurstReader();
  const end = type(reader, 'WO-2026-17', 8);
  assert.equal(reader.end(end + 400), undefined);
});

test('a few keys that were rolled over are no scan', () => {
  const reader = new BurstReader();
  assert.equal(reader.end(type(reader, 'the', 10)), undefined);
});

test('what was typed before the scanner began is no part of the scan', () => {
  const reader = new BurstReader();
  const typed = type(reader, 'note ', 90);
  const end = type(reader, 'INF-0417', 5, typed + 200);
  assert.equal(reader.end(end)?.text, 'INF-0417');
});

test('a scan that begins with an AIM identifier needs no Enter, and loses the identifier', () => {
  const reader = new BurstReader();
  type(reader, ']d20109506000134352', 5);
  assert.deepEqual(reader.fallSilent(), { text: '0109506000134352', symbology: ']d2', typedLength: 19 });
});

test('a burst without identifier and Enter is nothing', () => {
  const reader = new BurstReader();
  type(reader, 'INF-0417', 5);
  assert.equal(reader.fallSilent(), undefined);
});

test('a machine that is too busy to look at the keys in time still reads the whole scan', () => {
  const reader = new BurstReader();
  const middle = type(reader, 'INF-', 5);
  assert.equal(reader.fallSilent(), undefined);
  const end = type(reader, '0417', 5, middle);
  assert.equal(reader.end(end)?.text, 'INF-0417');
});

test('the second scan does not hold the first', () => {
  const reader = new BurstReader();
  const end = type(reader, 'INF-0417', 5);
  reader.end(end);
  assert.equal(reader.end(type(reader, 'INF-0418', 5, end + 1))?.text, 'INF-0418');
});
