import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { test } from 'node:test';
import { ProfileRegistry } from '../../../core/device/profile/profile-registry.ts';
import { UsbScanner } from '../../../core/device/usb-scanner.ts';
import { watchDeparture } from '../../../core/device/watch-departure.ts';
import { ScriptedBackend, ScriptedUsbDevice } from '../../helpers/scripted-usb-device.ts';

async function watchOne() {
  const backend = new ScriptedBackend();
  const registry = ProfileRegistry.create([]);
  assert.ok(registry.ok);
  const scanner = new UsbScanner(backend, registry.value);
  const device = new ScriptedUsbDevice({ respond: () => undefined });
  backend.devices = [device];
  scanner.start();
  const sighted = await scanner.find('1-2.4');
  assert.ok(sighted.ok);
  const watch = watchDeparture(scanner, sighted.value);
  const disconnect = async () => {
    backend.fire('disconnect', device);
    for (let turn = 0; turn < 5; turn += 1) await nextTurn();
  };
  return { backend, scanner, device, watch, disconnect };
}

test('REQ-OTA-APP-04 a unit that leaves the bus is known to be gone without asking it', async () => {
  const { backend, watch, disconnect } = await watchOne();
  backend.devices = [];
  await disconnect();
  assert.ok(watch.left.aborted);
});

test('REQ-OTA-APP-04 a unit that is back under another address is gone as well', async () => {
  const { backend, watch, disconnect } = await watchOne();
  backend.devices = [new ScriptedUsbDevice({ respond: () => undefined, address: 6 })];
  await disconnect();
  assert.ok(watch.left.aborted);
});

test('REQ-OTA-APP-04 a late word of an earlier departure does not end the work with the unit that is there', async () => {
  const { watch, disconnect } = await watchOne();
  await disconnect();
  assert.ok(!watch.left.aborted);
});

test('REQ-OTA-APP-04 another unit, or a watch that has ended, changes nothing', async () => {
  const { backend, device, watch, disconnect } = await watchOne();
  const other = new ScriptedUsbDevice({ respond: () => undefined, ports: [7] });
  backend.devices = [device, other];
  backend.fire('connect', other);
  backend.devices = [device];
  backend.fire('disconnect', other);
  for (let turn = 0; turn < 5; turn += 1) await nextTurn();
  assert.ok(!watch.left.aborted);
  watch.end();
  backend.devices = [];
  await disconnect();
  assert.ok(!watch.left.aborted);
});
