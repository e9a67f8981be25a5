import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { test } from 'node:test';
import { UsbDeviceBench } from '../../../core/device/device-bench.ts';
import type { AccessProbe } from '../../../core/device/access-probe.ts';
import { parseProfile } from '../../../core/device/profile/parse-profile.ts';
import type { DeviceProfile } from '../../../core/device/profile/profile.ts';
import { ProfileRegistry } from '../../../core/device/profile/profile-registry.ts';
import type { UsbDeviceHandle } from '../../../core/device/usb-backend.ts';
import { UsbScanner, type BenchEvent, type ScannerOptions } from '../../../core/device/usb-scanner.ts';
import { loadVirtualProfile } from '../../integration/device/virtual-station.ts';
import { ScriptedBackend, ScriptedUsbDevice } from '../../helpers/scripted-usb-device.ts';
import { dualBankProfile } from '../../helpers/stm32-profiles.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import { noAlarm } from '../../helpers/alarms.ts';

const silent = () => undefined;
const unit = (options: Omit<ConstructorParameters<typeof ScriptedUsbDevice>[0], 'respond'> = {}) =>
  new ScriptedUsbDevice({ respond: silent, ...options });

const ROM_PRODUCT_ID = 0x99;

/** A profile of one of the products around a part, all of which have the ROM's id. */
function romProfile(product: string, quirks: readonly string[]): DeviceProfile {
  const document = { ...dualBankProfile, id: `rom-${product}`, product: `drydock.${product}`, quirks };
  const at = { vendorId: '1209', interface: 0 };
  const usb = {
    runtime: { ...at, productId: product.padStart(4, '0') },
    dfu: { ...at, productId: ROM_PRODUCT_ID.toString(16).padStart(4, '0') },
  };
  const text = JSON.stringify({ ...document, usb });
  const parsed = parseProfile(Buffer.from(text), `rom-${product}.json`);
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.reason);
  return parsed.value;
}

function makeScanner(options: ScannerOptions = {}, profiles: readonly DeviceProfile[] = [loadVirtualProfile()]) {
  const registry = ProfileRegistry.create(profiles);
  assert.ok(registry.ok);
  const backend = new ScriptedBackend();
  const scanner = new UsbScanner(backend, registry.value, options);
  const events: BenchEvent[] = [];
  scanner.subscribe((event) => events.push(event));
  return { backend, scanner, events };
}
const codeOf = (result: { readonly ok: boolean; readonly code?: string }) => (result.ok ? 'accepted' : result.code);
const kinds = (events: readonly BenchEvent[]) =>
  events.map((event) => ('unit' in event ? `${event.kind} ${event.unit.position}` : event.kind));
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

test('serial-as-bytes: a serial of one byte per character is read so in the mode of the boot loader that packs it', async () => {
  const packed = Buffer.from('3CBJ', 'latin1').toString('utf16le');
  for (const [quirks, productId, serial, expected] of [
    [['serial-as-bytes'], 2, packed, '3CBJ'],
    [[], 2, packed, null],
    [['serial-as-bytes'], 1, 'VU-0001', 'VU-0001'],
  ] as const) {
    const { backend, scanner } = makeScanner({}, [{ ...loadVirtualProfile(), quirks: [...quirks] }]);
    backend.devices = [unit({ productId, serial })];
    const found = await scanner.find('1-2.4');
    assert.ok(found.ok);
    assert.equal(found.value.unit.serial, expected, `${quirks.join()} ${productId}`);
  }
});

test('serial-as-bytes: of a ROM that several profiles claim, the flag counts where all of them have it', async () => {
  const serial = Buffer.from('3CBJ', 'latin1').toString('utf16le');
  for (const [others, expected] of [
    [['serial-as-bytes', 'layout-from-serial'], '3CBJ'],
    [[], null],
  ] as const) {
    const { backend, scanner } = makeScanner({}, [romProfile('a', ['serial-as-bytes']), romProfile('b', others)]);
    backend.devices = [unit({ productId: ROM_PRODUCT_ID, serial })];
    const found = await scanner.find('1-2.4');
    assert.ok(found.ok);
    assert.equal(found.value.candidates.length, 2);
    assert.equal(found.value.unit.serial, expected);
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
  assert.deepEqual(kinds(events), ['no-usb', 'usb-ready', 'arrived 1-2.4']);
});

test('REQ-OTA-USB-01 where there is no USB nothing is listened to, since the package’s events would end the process; the heartbeat finds USB when it comes', async () => {
  let beat = silent;
  let isBeating = false;
  const heartbeat = (look: () => void) => {
    beat = () => {
      look();
      return undefined;
    };
    isBeating = true;
    return () => void (isBeating = false);
  };
  const { backend, scanner, events } = makeScanner({ heartbeat });
  backend.failure = new Error('/sys/bus/usb/devices/ not found');
  scanner.start();
  await settle();
  beat();
  await settle();
  assert.equal(backend.listenerCount, 0);
  assert.deepEqual(kinds(events), ['no-usb']);
  backend.failure = undefined;
  backend.devices = [unit()];
  beat();
  await settle();
  assert.equal(backend.listenerCount, 2);
  // No event tells of this one.
  backend.devices = [];
  beat();
  await settle();
  assert.deepEqual(kinds(events), ['no-usb', 'usb-ready', 'arrived 1-2.4', 'left 1-2.4']);
  scanner.stop();
  assert.equal(isBeating, false);
  assert.equal(backend.listenerCount, 0);
});

test('REQ-OTA-USB-01 what came before the first event could be heard is found all the same', async () => {
  const { backend, scanner, events } = makeScanner();
  const listen = backend.addEventListener.bind(backend);
  backend.addEventListener = (type, listener) => {
    backend.devices = [unit()];
    listen(type, listener);
  };
  scanner.start();
  await settle();
  assert.deepEqual(kinds(events), ['arrived 1-2.4']);
});

test('REQ-OTA-USB-03 units with equal serials are named to each other, within one kind and in whatever mode', async () => {
  const { backend, scanner } = makeScanner();
  backend.devices = [
    unit({ ports: [1], productId: 1 }),
    unit({ ports: [2], productId: 2 }),
    unit({ ports: [3], productId: 1, serial: 'VU-0002' }),
    unit({ ports: [4], productId: 0x99 }),
    unit({ ports: [5], productId: 1, serial: null }),
    unit({ ports: [6], productId: 1, serial: null }),
  ];
  const listed = await scanner.list();
  assert.ok(listed.ok);
  assert.deepEqual(
    listed.value.map(({ clones }) => clones),
    [['1-2'], ['1-1'], [], [], [], []],
  );
});

test('REQ-OTA-USB-01 access is asked for the interface that the profile names, of known units alone, and nothing is opened', async () => {
  const asked: unknown[] = [];
  const probeAccess: AccessProbe = (probed) => {
    asked.push(probed);
    return { access: 'denied', hint: 'a rule is missing' };
  };
  const { backend, scanner } = makeScanner({ probeAccess });
  const known = unit({ address: 7 });
  backend.devices = [known, unit({ ports: [1], productId: 0x99 })];
  const listed = await scanner.list();
  assert.ok(listed.ok);
  assert.deepEqual(
    listed.value.map(({ access, accessHint }) => [access, accessHint]),
    [
      ['unknown', null],
      ['denied', 'a rule is missing'],
    ],
  );
  assert.deepEqual(asked, [{ bus: '001', address: 7, position: '1-2.4', usbId: '1209:0002', interfaceNumber: 0 }]);
  assert.deepEqual(known.log, []);
});

test('REQ-OTA-USB-01 where nothing shows from outside, what an attempt found is remembered until the unit leaves', async () => {
  const { backend, scanner } = makeScanner();
  const device = unit();
  device.openFailure = new Error('open error: Access is denied. (os error 5)');
  backend.devices = [device];
  const accessNow = async () => {
    const found = await scanner.find('1-2.4');
    return found.ok ? found.value.unit.access : found.code;
  };
  assert.equal(await accessNow(), 'unknown');
  const bench = new UsbDeviceBench(scanner, { clock: new TestClock(), platform: 'win32', alarm: noAlarm });
  const refused = await bench.open('1-2.4');
  assert.ok(!refused.ok && refused.code === 'device.access-denied');
  assert.match(refused.reason, /1-2\.4; nothing was written.*1209:0002.*pnputil/);
  assert.equal(await accessNow(), 'denied');
  backend.devices = [unit({ address: 9 })];
  assert.equal(await accessNow(), 'unknown');
});

test('REQ-OTA-USB-01 a refusal says what the system shows: the missing rule by id and file', async () => {
  const hint = 'The file 70-drydock.rules has no udev rule for USB id 1209:0002.';
  const { backend, scanner } = makeScanner({ probeAccess: () => ({ access: 'denied', hint }) });
  const device = unit();
  device.openFailure = new Error('open error: Permission denied (os error 13)');
  backend.devices = [device];
  const refused = await new UsbDeviceBench(scanner, { clock: new TestClock(), platform: 'linux', alarm: noAlarm }).open(
    '1-2.4',
  );
  assert.ok(!refused.ok);
  assert.ok(refused.reason.endsWith(hint), refused.reason);
});

test('REQ-OTA-USB-03 units and refusals carry the name of the place beside the port path', async () => {
  const placeAt = (position: string) => (position === '1-2.4' ? { name: 'Bench 3 left', number: 3 } : null);
  const { backend, scanner } = makeScanner({ placeAt });
  const nothing = await scanner.find('1-2.4');
  assert.ok(!nothing.ok);
  assert.match(nothing.reason, /at position Bench 3 left \(1-2\.4\)\./);
  backend.devices = [unit({ productId: 0x99 }), unit({ ports: [1] })];
  const listed = await scanner.list();
  assert.ok(listed.ok);
  assert.deepEqual(
    listed.value.map(({ place }) => place),
    [null, { name: 'Bench 3 left', number: 3 }],
  );
  const unknown = await new UsbDeviceBench(scanner, { clock: new TestClock(), platform: 'linux', alarm: noAlarm }).open(
    '1-2.4',
  );
  assert.ok(!unknown.ok);
  assert.match(unknown.reason, /Bench 3 left \(1-2\.4\) \(USB id 1209:0099\)/);
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
  await settle();
  backend.fire('disconnect', { bus: '001', ports: [2, 4] });
  const after = await scanner.find('1-2.4');
  assert.ok(before.ok && after.ok);
  assert.notEqual(before.value.sighting, after.value.sighting);
});

test('REQ-OTA-USB-03 a unit that leaves after it was listed, before the look is at its end, has left once and has not come back', async () => {
  const { backend, scanner, events } = makeScanner();
  backend.devices = [unit()];
  scanner.start();
  await settle();
  const listed = Promise.withResolvers<readonly UsbDeviceHandle[]>();
  const getDevices = backend.getDevices.bind(backend);
  backend.getDevices = () => listed.promise;
  const look = scanner.list();
  await settle();
  backend.getDevices = getDevices;
  const old = backend.devices;
  backend.devices = [];
  backend.fire('disconnect', { bus: '001', ports: [2, 4] });
  listed.resolve(old);
  await look;
  await settle();
  assert.deepEqual(kinds(events), ['arrived 1-2.4', 'left 1-2.4']);
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
  await settle();
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
    const bench = new UsbDeviceBench(scanner, { clock: new TestClock(), platform: 'linux', alarm: noAlarm });
    assert.equal(codeOf(await bench.open('1-2.4')), code);
    assert.equal(codeOf(await bench.open('1-2.4')), code);
  });
}

test('REQ-OTA-USB-01 a unit that this account may not open is refused with the way out', async () => {
  const { backend, scanner } = makeScanner();
  const device = unit();
  device.openFailure = new Error('open error: Permission denied (os error 13)');
  backend.devices = [device];
  const opened = await new UsbDeviceBench(scanner, { clock: new TestClock(), platform: 'linux', alarm: noAlarm }).open(
    '1-2.4',
  );
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
