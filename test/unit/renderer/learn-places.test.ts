import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arrive, beginWalk, isOver, keep, leave } from '../../../renderer/features/bench/learn-places.ts';

test('REQ-OTA-USB-03 one unit that is plugged into place after place teaches them all', () => {
  let walk = beginWalk(3, 4, []);
  assert.deepEqual(arrive(walk, '1-2.4'), { kind: 'place', position: '1-2.4', number: 3 });
  walk = leave(keep(walk, '1-2.4', 3), '1-2.4');
  assert.deepEqual(arrive(walk, '1-2.4'), { kind: 'again', position: '1-2.4', number: 3 });
  assert.deepEqual(arrive(walk, '1-2.1'), { kind: 'place', position: '1-2.1', number: 4 });
  assert.equal(isOver(walk), false);
  walk = keep(walk, '1-2.1', 4);
  assert.equal(isOver(walk), true);
});

test('REQ-OTA-USB-03 a port that was taken at the beginning counts only after it was emptied', () => {
  const walk = beginWalk(1, 16, ['1-1', '1-2']);
  assert.deepEqual(arrive(walk, '1-1'), { kind: 'occupied', position: '1-1' });
  assert.equal(arrive(leave(walk, '1-1'), '1-1').kind, 'place');
  assert.equal(arrive(leave(walk, '1-1'), '1-2').kind, 'occupied');
});
