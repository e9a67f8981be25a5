import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BenchPlace } from '../../../contract/schema/bench.ts';
import type { BenchUnit } from '../../../contract/schema/device.ts';
import { findMovedHub } from '../../../core/device/moved-hub.ts';

const place = (position: string, number: number): BenchPlace => ({ position, number, name: `Place ${number}` });
const unit = (position: string, profile: string | null = 'pump'): BenchUnit => ({
  position,
  profile,
  vendorId: 1,
  productId: 1,
  serial: null,
  mode: null,
  place: null,
  access: 'ok',
  accessHint: null,
  clones: [],
});
const hub = [place('1-2.1', 1), place('1-2.2', 2), place('1-2.4', 3)];
const find = (places: readonly BenchPlace[], ...positions: string[]) => {
  const moved = findMovedHub(
    places,
    positions.map((position) => unit(position)),
  );
  return moved && `${moved.from} → ${moved.to}: ${moved.places.map(({ number }) => number).join()}`;
};

test('REQ-OTA-USB-03 a hub on another port is found by the units that stand below it in the same order', () => {
  assert.equal(find(hub, '1-3.1', '1-3.2', '1-3.4'), '1-2 → 1-3: 1,2,3');
  assert.equal(find(hub, '2-1.4.1', '2-1.4.4'), '1-2 → 2-1.4: 1,2,3');
  assert.equal(find(hub, '1-3.1', '1-3.2', '1-7'), '1-2 → 1-3: 1,2,3', 'a unit elsewhere does not matter');
});

test('REQ-OTA-USB-03 a hub that is where it was, or may be anywhere, is not guessed at', () => {
  assert.equal(find(hub, '1-2.1', '1-3.1', '1-3.2'), null, 'a unit stands at its old port');
  assert.equal(find(hub, '1-3.1'), null, 'one unit elsewhere is a unit elsewhere');
  assert.equal(find(hub, '1-3.1', '1-3.3'), null, 'no place of the hub has such a port');
  assert.equal(find(hub, '1-3.1', '1-3.2', '1-5.1', '1-5.2'), null, 'two ports fit');
  assert.equal(find(hub), null);
  assert.equal(find([], '1-3.1', '1-3.2'), null);
  assert.equal(findMovedHub(hub, [unit('1-3.1', null), unit('1-3.2', null)]), null, 'a keyboard and a mouse');
});

test('REQ-OTA-USB-03 of hubs below hubs the one that tells all is named', () => {
  const cascade = [place('1-2.1.1', 1), place('1-2.1.2', 2), place('1-2.2.1', 3), place('1-2.2.2', 4)];
  assert.equal(find(cascade, '1-4.1.1', '1-4.1.2', '1-4.2.1', '1-4.2.2'), '1-2 → 1-4: 1,2,3,4');
  assert.equal(find(cascade, '1-2.1.1', '1-2.1.2', '1-4.1', '1-4.2'), '1-2.2 → 1-4: 3,4');
});
