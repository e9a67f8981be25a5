import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { encode } from 'cborg';
import type { Alarm } from '../../../../../core/ports.ts';
import { UsbDeviceBench } from '../../../../../core/device/device-bench.ts';
import { ProfileRegistry } from '../../../../../core/device/profile/profile-registry.ts';
import type { DrydockInfoProfile } from '../../../../../core/device/profile/drydock-info.ts';
import { UsbScanner } from '../../../../../core/device/usb-scanner.ts';
import { codeOf, loadVirtualProfile } from '../../../../integration/device/virtual-station.ts';
import {
  configurationDescriptor,
  ScriptedBackend,
  ScriptedUsbDevice,
  stall,
  statusBytes,
  timedOut,
  unplugged,
} from '../../../../helpers/scripted-usb-device.ts';
import type { Answer, Transfer } from '../../../../helpers/scripted-usb-device.ts';
import { TestClock } from '../../../../helpers/test-clock.ts';
import { HandAlarms, noAlarm } from '../../../../helpers/alarms.ts';

const SLOTS = [
  { alt: 0, name: 'image-0', role: 'running', size: 524_288, state: 'confirmed', counter: 1 },
  { alt: 1, name: 'image-1', role: 'staging', size: 524_288, state: 'image', counter: 2 },
];
const INFO = {
  v: 1,
  product: 'drydock.virtual-unit',
  hardware: 'vu-a',
  serial: 'VU-0001',
  mode: 'dfu',
  slots: SLOTS,
  boot: { swap: 'none', imageOk: false, copyDone: false },
  selfTest: { state: 'not-run', results: [] },
};

/** A unit in DFU mode that takes every request and never changes; `script` overrides answers by request. */
function makeUnit(script: Record<string, (transfer: Transfer) => Answer> = {}, address = 5) {
  return new ScriptedUsbDevice({
    address,
    respond: (transfer) => {
      const scripted = script[transfer.name];
      if (scripted !== undefined) return scripted(transfer);
      if (transfer.name === 'GET_DESCRIPTOR') return configurationDescriptor().subarray(0, transfer.lenBytes);
      if (transfer.name === 'INFO') return encode(INFO);
      return transfer.name === 'GETSTATE' ? Uint8Array.of(2) : undefined;
    },
  });
}

async function openBench(device: ScriptedUsbDevice, profile: Partial<DrydockInfoProfile> = {}, alarm: Alarm = noAlarm) {
  const registry = ProfileRegistry.create([{ ...loadVirtualProfile(), ...profile }]);
  assert.ok(registry.ok);
  const backend = new ScriptedBackend();
  backend.devices = [device];
  const scanner = new UsbScanner(backend, registry.value);
  const clock = new TestClock();
  const bench = new UsbDeviceBench(scanner, { clock, platform: 'linux', alarm });
  const opened = await bench.open('1-2.4');
  return { backend, bench, clock, opened };
}

async function openTarget(device: ScriptedUsbDevice, profile: Partial<DrydockInfoProfile> = {}) {
  const { opened, ...rest } = await openBench(device, profile);
  assert.ok(opened.ok);
  device.log.length = 0;
  return { ...rest, target: opened.value.target };
}

async function* oneByte(): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield new Uint8Array(1);
}

const withInfo = (change: object) => ({ INFO: () => encode({ ...INFO, ...change }) });
for (const [what, script, code] of [
  ['is of another product', withInfo({ product: 'acme.pump' }), 'device.wrong-product'],
  ['says another serial than its USB descriptor', withInfo({ serial: 'VU-0002' }), 'device.other-unit'],
  ['describes itself in nonsense', { INFO: () => Uint8Array.of(1, 2, 3) }, 'device.info-invalid'],
  ['knows no INFO request', { INFO: stall }, 'device.stalled'],
  ['does not answer', { INFO: timedOut }, 'device.timeout'],
  ['leaves while it is asked', { INFO: unplugged }, 'device.unplugged'],
  ['has no readable configuration', { GET_DESCRIPTOR: () => new Uint8Array(9) }, 'device.descriptor-invalid'],
  [
    'has run-time descriptors under its DFU id',
    { GET_DESCRIPTOR: ({ lenBytes }: Transfer) => configurationDescriptor({ protocol: 1 }).subarray(0, lenBytes) },
    'device.mode-contradicted',
  ],
] as const) {
  test(`REQ-OTA-USB-04 a unit that ${what} is not opened, and is given back: ${code}`, async () => {
    const device = makeUnit(script);
    const { opened } = await openBench(device);
    assert.equal(codeOf(opened), code);
    assert.equal(device.log.at(-1), 'close');
  });
}

test('REQ-OTA-USB-01 a unit whose interface another program holds is refused by that name', async () => {
  const device = makeUnit();
  device.claimInterface = () => Promise.reject(new Error('claimInterface error: interface is busy'));
  const { opened } = await openBench(device);
  assert.equal(codeOf(opened), 'device.interface-busy');
});

test('REQ-OTA-APP-03 a unit that takes ACTIVATE and marks nothing is not pending', async () => {
  const { target } = await openTarget(makeUnit());
  assert.equal(codeOf(await target.markPending('application')), 'device.not-pending');
});

test('REQ-OTA-APP-03 ACTIVATE names the staging alternate', async () => {
  const device = makeUnit();
  const { target } = await openTarget(device);
  await target.markPending('application');
  assert.deepEqual(
    device.transfers.filter((transfer) => transfer.name === 'ACTIVATE').map((transfer) => transfer.setup.value),
    [1],
  );
});

test('REQ-OTA-APP-03 a unit that takes CONFIRM and stays on trial is not confirmed', async () => {
  const { target } = await openTarget(makeUnit(), { confirmedBy: 'station' });
  assert.equal(codeOf(await target.confirm()), 'device.not-confirmed');
});

test('REQ-OTA-APP-03 a unit that is deaf after manifestation needs no answer before its reset', async () => {
  let isManifested = false;
  let isSent = false;
  const device = makeUnit({
    GET_DESCRIPTOR: ({ lenBytes }) => configurationDescriptor({ attributes: 0x03 }).subarray(0, lenBytes),
    INFO: () => (isManifested ? stall() : encode(INFO)),
    DNLOAD: ({ data }) => {
      isSent = true;
      isManifested = data.byteLength === 0;
      return undefined;
    },
    GETSTATUS: () => statusBytes(isManifested ? 8 : 5),
    GETSTATE: () => Uint8Array.of(isSent ? 5 : 2),
  });
  const { target } = await openTarget(device, { pendingBy: 'manifestation' });
  assert.equal(codeOf(await target.stage('application', oneByte(), 1, () => undefined)), 'accepted');
  assert.equal(isManifested, false);
  assert.equal(codeOf(await target.markPending('application')), 'accepted');
  assert.equal(codeOf(await target.readState()), 'device.stalled');
  assert.equal(codeOf(await target.markPending('application')), 'device.stalled');
});

test('REQ-OTA-APP-04 after unplugging, the next step opens the unit anew', async () => {
  let isGone = false;
  const device = makeUnit({ INFO: () => (isGone ? unplugged() : encode(INFO)) });
  const { target } = await openTarget(device);
  isGone = true;
  assert.equal(codeOf(await target.readState()), 'device.unplugged');
  isGone = false;
  assert.equal(codeOf(await target.readState()), 'accepted');
  assert.deepEqual(
    device.log.filter((call) => call === 'open' || call === 'close'),
    ['close', 'open'],
  );
});

test('REQ-OTA-APP-01 a unit without the staging alternate is refused', async () => {
  const { target } = await openTarget(makeUnit(withInfo({ slots: [SLOTS[0]] })));
  assert.equal(codeOf(await target.stage('application', oneByte(), 1, () => undefined)), 'device.slot-missing');
});

test('REQ-OTA-APP-01 the room is the smaller of what the profile and what the unit says', async () => {
  const small = SLOTS.map((slot) => ({ ...slot, size: 8192 }));
  const { target } = await openTarget(makeUnit(withInfo({ slots: small })));
  const read = await target.readBack(
    'application',
    8192 - 4095,
    () => undefined,
    () => undefined,
  );
  assert.equal(codeOf(read), 'device.image-too-large');
});

test('REQ-OTA-APP-04 a unit in DFU mode that knows no RESET is reset by the bus', async () => {
  const device = makeUnit({ RESET: stall });
  const { backend, target } = await openTarget(device);
  device.reset = () => {
    device.log.push('reset');
    backend.devices = [makeUnit({}, 6)];
    return Promise.reject(unplugged());
  };
  assert.equal(codeOf(await target.reboot(1000)), 'accepted');
  assert.ok(device.log.includes('reset'));
});

test('REQ-OTA-TST-02 a unit that acknowledges the reset and stays is no contact', async () => {
  const { target, clock } = await openTarget(makeUnit());
  const startMs = clock.monotonicMs();
  assert.equal(codeOf(await target.reboot(1000)), 'device.no-contact');
  assert.ok(clock.monotonicMs() - startMs <= 1000);
});

test('REQ-OTA-TST-02 a unit that may not be opened at once after its reset is tried again until the deadline', async () => {
  const { backend, target } = await openTarget(makeUnit());
  const back = makeUnit({}, 6);
  back.openFailure = new Error('Permission denied (os error 13)');
  let looks = 0;
  const list = backend.getDevices.bind(backend);
  backend.getDevices = () => {
    looks += 1;
    if (looks === 2) backend.devices = [back];
    if (looks === 6) back.openFailure = undefined;
    return list();
  };
  assert.equal(codeOf(await target.reboot(2000)), 'accepted');
  assert.ok(back.log.filter((call) => call === 'open').length > 1);
});

test('REQ-OTA-TST-02 a unit that can never be opened after its reset is no contact, with the last cause', async () => {
  const device = makeUnit();
  const { backend, target } = await openTarget(device);
  const back = makeUnit({}, 6);
  back.openFailure = new Error('Permission denied (os error 13)');
  device.respond = () => {
    backend.devices = [back];
    return undefined;
  };
  const result = await target.reboot(2000);
  assert.ok(!result.ok);
  assert.equal(result.code, 'device.no-contact');
  assert.equal(result.detail?.['lastRefusal'], 'device.access-denied');
});

test('REQ-OTA-APP-04 a unit of another kind at the position after the reset ends the wait', async () => {
  const device = makeUnit();
  const { backend, target } = await openTarget(device);
  device.respond = () => {
    backend.devices = [new ScriptedUsbDevice({ productId: 0x99, address: 6, respond: () => undefined })];
    return undefined;
  };
  assert.equal(codeOf(await target.reboot(60_000)), 'device.other-unit');
});

test('REQ-OTA-APP-04 a unit whose driver hangs is given back with the name of the step, and can be opened again when it hangs no longer', async () => {
  const device = makeUnit();
  const claimInterface = device.claimInterface.bind(device);
  device.claimInterface = () => new Promise<never>(() => undefined);
  const alarms = new HandAlarms();
  const opening = openBench(device, {}, alarms.alarm);
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
  alarms.ringAll();
  const { bench, opened } = await opening;
  assert.equal(codeOf(opened), 'device.step-hangs');
  assert.match(opened.ok ? '' : opened.reason, /claim interface/);
  device.claimInterface = claimInterface;
  const again = await bench.open('1-2.4');
  assert.equal(codeOf(again), 'accepted');
});

test('REQ-OTA-APP-04 a connection on which a step hung is used for nothing any more: the next step connects anew', async () => {
  const device = makeUnit({ RESET: stall });
  const alarms = new HandAlarms();
  const { opened } = await openBench(device, {}, alarms.alarm);
  assert.ok(opened.ok);
  const reset = device.reset.bind(device);
  device.reset = () => new Promise<never>(() => undefined);
  const rebooting = opened.value.target.reboot(1000);
  for (let turn = 0; turn < 20; turn += 1) await nextTurn();
  alarms.ringAll();
  assert.equal(codeOf(await rebooting), 'device.step-hangs');
  device.reset = reset;
  device.log.length = 0;
  await opened.value.target.readState();
  assert.equal(device.log[0], 'open');
});
