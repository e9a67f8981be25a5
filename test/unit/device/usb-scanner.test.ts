import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { test } from 'node:test';
import { UsbDeviceBench } from '../../../core/device/device-bench.ts';
import { ProfileRegistry } from '../../../core/device/profile/profile-registry.ts';
import { UsbScanner } from '../../../core/device/usb-scanner.ts';
import type { BenchEvent } from '../../../core/device/usb-scanner.ts';
import { loadVirtualProfile } from '../../integration/device/virtual-station.ts';
import { ScriptedBackend, ScriptedUsbDevice } from '../../helpers/scripted-usb-device.ts';
import { TestClock } from '../../helpers/test-clock.ts';

const silent = () => undefined;
const unit = (options: Omit<ConstructorParameters<typeof ScriptedUsbDevice>[0], 'respond'> = {}) =>
  new ScriptedUsbDevice({ respond: silent, ...options });

function makeScanner() {
  const registry = ProfileRegistry.create([loadVirtualProfile()]);
  assert.ok(registry.ok);
  const backend = new ScriptedBackend();
  const scanner = new UsbScanner(backend, registry.value);
  const events: BenchEvent[] = [];
  scanner.subscribe((event) => events.push(event));
  return { backend, scanner, events };
}
const codeOf = (result: { readonly ok: boolean; readonly code?: string }) => (result.ok ? 'accepted' : result.code);
const kinds = (events: readonly BenchEvent[]) =>
  events.map((event) => (event.kind === 'no-usb' ? event.kind : `${event.kind} ${event.unit.position}`));
const settle = async () => {
  for (let turn = 0; turn < 5; turn++) await nextTurn();
};

test('REQ-OTA-USB-03 lists what is plugged in by position, with the profile and mode that claim it', async () => {
  const { backend, scanner } = makeScanner();
  backend.devices = [
    unit({ ports: [10], productId: 1 }),
    unit({ ports: [2, 4], productId: 2, serial: null }),
    unit({ ports: [3], productId: 0x99 }),
    unit({ ports: [2], deviceClass: 9 }),
    unit({ ports: [] }),
  ];
  const listed = await scanner.list();
  assert.ok(listed.ok);
  assert.deepEqual(
    listed.value.map((entry) => [entry.position, entry.profile, entry.mode, entry.serial]),
    [
      ['1-2.4', 'drydock-virtual-unit', 'dfu', null],
      ['1-3', null, null, 'VU-0001'],
      ['1-10', 'drydock-virtual-unit', 'runtime', 'VU-0001'],
    ],
  );
});

test('REQ-OTA-USB-04 a serial that is no printable text is no serial', async () => {
  const { backend, scanner } = makeScanner();
  for (const serial of ['', 'a\u0000b', 'x'.repeat(129), '\u202e1000-UV']) {
    backend.devices = [unit({ serial })];
    const found = await scanner.find('1-2.4');
    assert.ok(found.ok);
    assert.equal(found.value.unit.serial, null);
  }
});

test('REQ-OTA-USB-01 a machine without USB is a state to show, and passes when USB comes', async () => {
  const { backend, scanner, events } = makeScanner();
  backend.failure = new Error('/sys/bus/usb/devices/ not found');
  assert.equal(codeOf(await scanner.list()), 'device.no-usb');
  assert.equal(codeOf(await scanner.find('1-2.4')), 'device.no-usb');
  assert.deepEqual(kinds(events), ['no-usb']);
  backend.failure = undefined;
  backend.devices = [unit()];
  assert.equal(codeOf(await scanner.list()), 'accepted');
});

test('REQ-OTA-USB-03 tells of units that come, go, and come back at the same position', async () => {
  const { backend, scanner, events } = makeScanner();
  scanner.start();
  scanner.start();
  await settle();
  const first = unit({ address: 5 });
  backend.devices = [first];
  backend.fire('connect', first);
  await settle();
  backend.devices = [unit({ address: 6 })];
  backend.fire('connect', {});
  await settle();
  backend.devices = [];
  backend.fire('disconnect', {});
  await settle();
  assert.deepEqual(kinds(events), ['arrived 1-2.4', 'left 1-2.4', 'arrived 1-2.4', 'left 1-2.4']);
});

test('REQ-OTA-USB-03 a unit that leaves and returns between two looks, with the same address, is a new sighting', async () => {
  const { backend, scanner } = makeScanner();
  scanner.start();
  backend.devices = [unit()];
  const before = await scanner.find('1-2.4');
  backend.fire('disconnect', { bus: '001', ports: [2, 4] });
  const after = await scanner.find('1-2.4');
  assert.ok(before.ok && after.ok);
  assert.notEqual(before.value.sighting, after.value.sighting);
});

/** A unit whose `getter` throws, as those of the `usb` package do after unplug. */
function throwing(getter: 'ports' | 'deviceClass' | 'vendorId' | 'address', ports: readonly number[]) {
  const get = () => {
    throw new Error('device disconnected');
  };
  return Object.defineProperty(unit({ ports }), getter, { get });
}

test('REQ-OTA-USB-04 a device that throws while it is described is passed over, and the others are listed', async () => {
  const { backend, scanner } = makeScanner();
  backend.devices = [
    throwing('ports', [4]),
    throwing('deviceClass', [1]),
    unit({ ports: [3] }),
    throwing('vendorId', [2]),
    throwing('address', [5]),
  ];
  const listed = await scanner.list();
  assert.ok(listed.ok);
  assert.deepEqual(
    listed.value.map((entry) => entry.position),
    ['1-3'],
  );
  assert.equal(codeOf(await scanner.find('1-1')), 'device.not-found');
  backend.devices = [unit({ ports: [1] }), unit({ ports: [3] })];
  assert.equal(codeOf(await scanner.find('1-1')), 'accepted');
});

test('REQ-OTA-USB-04 a look that breaks off by a listener’s fault neither ends the process nor spoils the next look', async (t) => {
  const { backend, scanner } = makeScanner();
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);
  process.on('unhandledRejection', note);
  t.after(() => process.off('unhandledRejection', note));
  const unsubscribe = scanner.subscribe(() => {
    throw new Error('a bug of the listener');
  });
  backend.devices = [unit()];
  scanner.start();
  await settle();
  unsubscribe();
  assert.equal(codeOf(await scanner.find('1-2.4')), 'accepted');
  assert.deepEqual(unhandled, []);
});

test('REQ-OTA-USB-01 a stopped scanner holds no listener, so that the process can end', async () => {
  const { backend, scanner, events } = makeScanner();
  scanner.start();
  assert.equal(backend.listenerCount, 2);
  scanner.stop();
  scanner.stop();
  assert.equal(backend.listenerCount, 0);
  await settle();
  assert.deepEqual(events, []);
});

test('a listener that unsubscribed hears nothing more', async () => {
  const { backend, scanner } = makeScanner();
  const heard: BenchEvent[] = [];
  const unsubscribe = scanner.subscribe((event) => heard.push(event));
  unsubscribe();
  backend.devices = [unit()];
  await scanner.list();
  assert.deepEqual(heard, []);
});

for (const [what, device, code] of [
  ['nothing is plugged in', undefined, 'device.not-found'],
  ['no profile knows the unit', unit({ productId: 0x99 }), 'device.no-profile'],
  ['the unit has no serial', unit({ serial: null }), 'device.no-serial'],
] as const) {
  test(`REQ-OTA-USB-01 opening a position where ${what} is refused: ${code}`, async () => {
    const { backend, scanner } = makeScanner();
    backend.devices = device === undefined ? [] : [device];
    const bench = new UsbDeviceBench(scanner, { clock: new TestClock(), platform: 'linux' });
    assert.equal(codeOf(await bench.open('1-2.4')), code);
    assert.equal(codeOf(await bench.open('1-2.4')), code);
  });
}

test('REQ-OTA-USB-01 a unit that this account may not open is refused with the way out', async () => {
  const { backend, scanner } = makeScanner();
  const device = unit();
  device.openFailure = new Error('open error: Permission denied (os error 13)');
  backend.devices = [device];
  const opened = await new UsbDeviceBench(scanner, { clock: new TestClock(), platform: 'linux' }).open('1-2.4');
  assert.ok(!opened.ok);
  assert.equal(opened.code, 'device.access-denied');
  assert.match(opened.reason, /udev/);
});

test('REQ-OTA-USB-03 many who look at once share a look, and who asks later sees what came later', async () => {
  const { backend, scanner } = makeScanner();
  backend.devices = [unit()];
  let looks = 0;
  const getDevices = backend.getDevices.bind(backend);
  backend.getDevices = () => {
    looks += 1;
    return getDevices();
  };
  const found = await Promise.all(Array.from({ length: 8 }, () => scanner.find('1-2.4')));
  assert.deepEqual(found.map(codeOf), Array(8).fill('accepted'));
  assert.equal(looks, 1);
  const first = scanner.find('1-2.4');
  await Promise.resolve();
  backend.devices = [];
  const later = scanner.find('1-2.4');
  await first;
  assert.equal(codeOf(await later), 'device.not-found');
});
