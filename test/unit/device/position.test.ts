import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { Position } from '../../../contract/schema/device.ts';
import { positionOfEvent, toPosition } from '../../../core/device/position.ts';

for (const [bus, ports, position] of [
  ['1', [2, 4], '1-2.4'],
  ['001', [3], '1-3'],
  ['010', [1], '10-1'],
  ['000', [1], '0-1'],
  ['0a', [1, 2, 3, 4, 5, 6, 7], '0a-1.2.3.4.5.6.7'],
] as const) {
  test(`REQ-OTA-USB-03 bus ${bus}, ports ${ports.join(',')} is position ${position}`, () => {
    const found = toPosition({ bus, ports });
    assert.equal(found, position);
    assert.ok(v.is(Position, found));
  });
}

test('REQ-OTA-USB-03 long bus names of Windows give short positions that differ', () => {
  const first = toPosition({ bus: 'PCI\\VEN_8086&DEV_51ED&SUBSYS_00000000', ports: [1] });
  const second = toPosition({ bus: 'PCI\\VEN_8086&DEV_51EE&SUBSYS_00000000', ports: [1] });
  assert.ok(v.is(Position, first) && v.is(Position, second));
  assert.notEqual(first, second);
});

test('REQ-OTA-USB-04 root hubs and impossible port paths have no position', () => {
  for (const ports of [[], [0], [256], [1.5], [1, 1, 1, 1, 1, 1, 1, 1]])
    assert.equal(toPosition({ bus: '1', ports }), null);
});

test('REQ-OTA-USB-04 the device of an event may be anything', () => {
  assert.equal(positionOfEvent({ bus: '001', ports: [2] }), '1-2');
  const gone = {
    bus: '1',
    get ports(): number[] {
      throw new Error('device disconnected');
    },
  };
  for (const device of [undefined, null, 1, {}, { bus: 1, ports: [1] }, { bus: '1', ports: 'x' }, gone]) {
    assert.equal(positionOfEvent(device), null);
  }
});
