import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Result } from '../../../contract/result.ts';
import type { BenchPlace } from '../../../contract/schema/bench.ts';
import { learnPlace, moveHub, namePosition } from '../../../core/device/edit-places.ts';
import { hubsAbove, isBelow, pathBelow, positionBelow } from '../../../core/device/port-path.ts';

const place = (position: string, name: string, number: number | null = null): BenchPlace => ({
  position,
  name,
  number,
});
const bench = [place('1-2.1', 'Left', 1), place('1-2.2', 'Right', 2), place('1-20', 'Window')];
const lines = (result: Result<readonly BenchPlace[]>) =>
  result.ok ? result.value.map((p) => `${p.position} ${p.name} ${String(p.number)}`).sort() : result.code;

test('REQ-OTA-USB-03 a position gets a name, and another one later; its number stays unless one is given', () => {
  assert.deepEqual(lines(namePosition([], { position: '1-1', name: 'Left' })), ['1-1 Left null']);
  const left = (change: object) =>
    lines(namePosition(bench.slice(0, 1), { position: '1-2.1', name: 'First', ...change }));
  assert.deepEqual(left({}), ['1-2.1 First 1']);
  assert.deepEqual(left({ number: 7 }), ['1-2.1 First 7']);
  assert.deepEqual(left({ number: null }), ['1-2.1 First null']);
  assert.deepEqual(left({ name: 'LEFT' }), ['1-2.1 LEFT 1']);
});

test('REQ-OTA-USB-03 no two places have one name, in whatever capitals, or one number', () => {
  for (const named of [
    { position: '1-3', name: 'left' },
    { position: '1-3', name: 'New', number: 2 },
    { position: '1-20', name: 'Right' },
  ])
    assert.equal(lines(namePosition(bench, named)), 'device.place-taken');
});

test('REQ-OTA-USB-03 a place that is learned anew keeps its name, and takes the port over', () => {
  const learn = (number: number, position: string, name: string | null = null) =>
    lines(learnPlace(bench, { number, position, name }));
  assert.deepEqual(learn(1, '3-1'), ['1-2.2 Right 2', '1-20 Window null', '3-1 Left 1']);
  assert.deepEqual(learn(1, '1-2.2'), ['1-2.2 Left 1', '1-20 Window null']);
  assert.deepEqual(learn(3, '1-9'), ['1-2.1 Left 1', '1-2.2 Right 2', '1-20 Window null', '1-9 Place 3 3']);
  assert.deepEqual(learn(1, '3-1', 'Top'), ['1-2.2 Right 2', '1-20 Window null', '3-1 Top 1']);
  assert.equal(learn(3, '1-9', 'Window'), 'device.place-taken');
});

test('REQ-OTA-USB-03 a hub takes its places along to another port, and no others', () => {
  assert.deepEqual(lines(moveHub(bench, '1-2', '3-1.4')), ['1-20 Window null', '3-1.4.1 Left 1', '3-1.4.2 Right 2']);
  assert.deepEqual(lines(moveHub(bench, '1', '4')), ['4-2.1 Left 1', '4-2.2 Right 2', '4-20 Window null']);
  assert.deepEqual(lines(moveHub(bench, '1-20', '1-5')), ['1-2.1 Left 1', '1-2.2 Right 2', '1-5 Window null']);
  assert.equal(lines(moveHub(bench, '1-9', '1-3')), 'device.place-unknown');
  assert.equal(lines(moveHub(bench, '1-20', '1-2.1')), 'device.place-taken');
  assert.equal(lines(moveHub(bench, '1-20', '1')), 'device.place-unknown');
});

test('port paths are taken apart at hubs and put together again', () => {
  assert.deepEqual(hubsAbove('1-2.4.1'), ['1-2.4', '1-2', '1']);
  assert.ok(isBelow('1-2', '1-2') && isBelow('1-2', '1-2.4') && isBelow('1', '1-2.4'));
  assert.ok(!isBelow('1-2', '1-20') && !isBelow('1', '10-2') && !isBelow('1-2.4', '1-2'));
  for (const hub of hubsAbove('1-2.4.1')) assert.equal(positionBelow(hub, pathBelow(hub, '1-2.4.1')), '1-2.4.1');
  assert.equal(positionBelow('1-2', pathBelow('1-2', '1-2')), '1-2');
});
