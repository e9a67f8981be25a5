import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ControlSetup } from '../../../core/device/usb-backend.ts';
import type { DriverReader } from '../../../core/device/interface-claim.ts';
import { UsbLink } from '../../../core/device/usb-link.ts';
import { ScriptedUsbDevice, stall, timedOut, unplugged } from '../../helpers/scripted-usb-device.ts';
import type { Respond } from '../../helpers/scripted-usb-device.ts';
import { HandAlarms, noAlarm } from '../../helpers/alarms.ts';

const GETSTATE: ControlSetup = { requestType: 'class', recipient: 'interface', request: 5, value: 0, index: 0 };

async function openLink(respond: Respond = () => Uint8Array.of(2)) {
  const device = new ScriptedUsbDevice({ respond });
  const link = new UsbLink(device, 'linux', { alarm: noAlarm });
  assert.ok((await link.open()).ok);
  return { device, link };
}

test('REQ-OTA-USB-01 transfers of one unit never overlap, however they are called', async () => {
  const { device, link } = await openLink();
  const calls = Array.from({ length: 8 }, () => link.transferIn('GETSTATE', GETSTATE, 1, 100));
  const closed = link.close();
  const results = await Promise.all(calls);
  await closed;
  assert.ok(results.every((result) => result.ok));
  assert.equal(device.log.at(-1), 'close');
});

test('REQ-OTA-USB-01 gives the interface back before closing, once', async () => {
  const { device, link } = await openLink();
  await link.claim(0);
  await link.close();
  await link.close();
  assert.deepEqual(device.log, ['open', 'claim 0', 'release 0', 'close']);
});

test('REQ-OTA-USB-04 hands each transfer its own deadline and real empty data', async () => {
  const { device, link } = await openLink();
  await link.transferOut('ABORT', { ...GETSTATE, request: 6 }, new Uint8Array(0), 1234);
  assert.equal(device.transfers[0]?.timeoutMs, 1234);
  assert.equal(device.transfers[0].data.byteLength, 0);
});

test('REQ-OTA-USB-04 reads answers that lie inside a larger buffer', async () => {
  const { link } = await openLink(() => Uint8Array.of(7, 8, 9));
  const answer = await link.transferIn('GETSTATE', GETSTATE, 3, 100);
  assert.ok(answer.ok);
  assert.deepEqual([...answer.value], [7, 8, 9]);
});

for (const [what, error, code] of [
  ['stall', stall(), 'device.stalled'],
  ['time-out', timedOut(), 'device.timeout'],
] as const) {
  test(`REQ-OTA-APP-04 ${what} is a refusal with its own code, and the next call still runs`, async () => {
    let isFirst = true;
    const { link } = await openLink(() => {
      if (!isFirst) return Uint8Array.of(2);
      isFirst = false;
      return error;
    });
    const first = await link.transferIn('GETSTATE', GETSTATE, 1, 100);
    assert.equal(first.ok ? 'accepted' : first.code, code);
    assert.ok((await link.transferIn('GETSTATE', GETSTATE, 1, 100)).ok);
  });
}

test('REQ-OTA-USB-04 an answer longer than what was asked for is refused', async () => {
  const { link } = await openLink(() => new Uint8Array(65));
  const answer = await link.transferIn('UPLOAD', GETSTATE, 64, 100);
  assert.equal(answer.ok ? 'accepted' : answer.code, 'device.transfer-failed');
});

test('REQ-OTA-USB-04 a WebUSB stall without rejection, and a short write, are refused', async () => {
  const device = new ScriptedUsbDevice({ respond: () => undefined });
  const link = new UsbLink(device, 'linux', { alarm: noAlarm });
  device.controlTransferOut = () => Promise.resolve({ status: 'stall', bytesWritten: 0 });
  const stalled = await link.transferOut('DNLOAD', GETSTATE, new Uint8Array(8), 100);
  assert.equal(stalled.ok ? 'accepted' : stalled.code, 'device.stalled');
  device.controlTransferOut = () => Promise.resolve({ status: 'ok', bytesWritten: 7 });
  const short = await link.transferOut('DNLOAD', GETSTATE, new Uint8Array(8), 100);
  assert.equal(short.ok ? 'accepted' : short.code, 'device.transfer-failed');
});

test('REQ-OTA-APP-04 closing a unit that is gone is quiet', async () => {
  const { device, link } = await openLink();
  await link.claim(0);
  device.releaseInterface = () => Promise.reject(unplugged());
  device.close = () => Promise.reject(unplugged());
  await link.close();
});

test('a bus reset that makes the unit leave the bus has succeeded', async () => {
  const { device, link } = await openLink();
  device.reset = () => Promise.reject(unplugged());
  assert.ok((await link.reset()).ok);
  const denied = await openLink();
  denied.device.reset = () => Promise.reject(new Error('Permission denied'));
  assert.ok(!(await denied.link.reset()).ok);
});

const never = () => new Promise<never>(() => undefined);
const codeOf = (result: { readonly ok: boolean; readonly code?: string }) => (result.ok ? 'accepted' : result.code);

test('REQ-OTA-APP-04 once the unit is gone every call ends at once, and the package is asked for nothing more', async () => {
  const { device, link } = await openLink(() => unplugged());
  const calls = Array.from({ length: 3 }, () => link.transferIn('GETSTATE', GETSTATE, 1, 100));
  assert.deepEqual((await Promise.all(calls)).map(codeOf), Array(3).fill('device.unplugged'));
  assert.ok(link.gone.aborted);
  assert.equal(codeOf(await link.selectAlternate(0, 1)), 'device.unplugged');
  assert.deepEqual(device.log, ['open', 'GETSTATE']);
});

test('REQ-OTA-APP-04 a unit that the scanner finds gone ends the running transfer and those behind it, and closing waits for none', async () => {
  const left = new AbortController();
  const device = new ScriptedUsbDevice({ respond: () => undefined });
  const link = new UsbLink(device, 'linux', { alarm: noAlarm, left: left.signal });
  await link.open();
  device.controlTransferIn = never;
  const calls = Array.from({ length: 3 }, () => link.transferIn('GETSTATUS', GETSTATE, 6, 60_000));
  await Promise.resolve();
  left.abort();
  assert.deepEqual((await Promise.all(calls)).map(codeOf), Array(3).fill('device.unplugged'));
  await link.close();
  await link.close();
  assert.deepEqual(device.log, ['open']);
});

test('REQ-OTA-APP-04 a unit that was gone before it was opened is not opened', async () => {
  const device = new ScriptedUsbDevice({ respond: () => undefined });
  const link = new UsbLink(device, 'linux', { alarm: noAlarm, left: AbortSignal.abort() });
  assert.equal(codeOf(await link.open()), 'device.unplugged');
  assert.deepEqual(device.log, []);
});

test('REQ-OTA-USB-04 a transfer without a deadline, or above 65,535 bytes, never reaches the package', async () => {
  const { device, link } = await openLink();
  for (const timeoutMs of [0, -1, Number.NaN]) {
    await assert.rejects(link.transferIn('GETSTATE', GETSTATE, 1, timeoutMs), RangeError);
    await assert.rejects(link.transferOut('DNLOAD', GETSTATE, new Uint8Array(1), timeoutMs), RangeError);
  }
  await assert.rejects(link.transferOut('DNLOAD', GETSTATE, new Uint8Array(65_536), 1), RangeError);
  await assert.rejects(link.transferIn('UPLOAD', GETSTATE, 65_536, 1), RangeError);
  assert.deepEqual(device.log, ['open']);
  assert.ok((await link.transferOut('DNLOAD', GETSTATE, new Uint8Array(65_535), 1)).ok);
});

/** A unit whose interface a driver holds until that is detached. */
function openHeldLink(driver: string | null, faults: { readonly detach?: Error; readonly claim?: Error } = {}) {
  const device = new ScriptedUsbDevice({ respond: () => undefined });
  const claim = device.claimInterface.bind(device);
  let isHeld = true;
  device.claimInterface = async (interfaceNumber) => {
    if (isHeld) throw new Error('claimInterface error: interface is busy');
    if (faults.claim) throw faults.claim;
    await claim(interfaceNumber);
  };
  Object.assign(device, {
    detachKernelDriver: (interfaceNumber: number) => {
      device.log.push(`detach ${interfaceNumber}`);
      if (faults.detach) return Promise.reject(faults.detach);
      isHeld = false;
      return Promise.resolve();
    },
    attachKernelDriver: (interfaceNumber: number) => {
      device.log.push(`attach ${interfaceNumber}`);
      return Promise.resolve();
    },
  });
  const asked: unknown[] = [];
  const readDriver: DriverReader = ({ bus, ports }, interfaceNumber) => {
    asked.push([bus, ports, interfaceNumber]);
    return driver;
  };
  return { device, asked, link: new UsbLink(device, 'linux', { alarm: noAlarm, readDriver }) };
}

test('REQ-OTA-USB-01 a driver of the kernel makes room and gets its interface back', async () => {
  const { device, asked, link } = openHeldLink('cdc_acm');
  await link.open();
  assert.ok((await link.claim(2)).ok);
  assert.deepEqual(asked, [['001', [2, 4], 2]]);
  await link.close();
  assert.deepEqual(device.log, ['open', 'detach 2', 'claim 2', 'release 2', 'attach 2', 'close']);
});

for (const [what, driver] of [
  ['another program', 'usbfs'],
  ['something unknown', null],
] as const) {
  test(`REQ-OTA-USB-04 an interface that ${what} holds is left to it`, async () => {
    const { device, link } = openHeldLink(driver);
    await link.open();
    const claimed = await link.claim(0);
    assert.ok(!claimed.ok);
    assert.equal(claimed.code, 'device.interface-busy');
    assert.match(claimed.reason, /Another program/);
    assert.deepEqual(device.log, ['open']);
  });
}

test('REQ-OTA-USB-04 a driver that does not let go is named, also where the package cannot detach it', async () => {
  const held = openHeldLink('usbhid', { detach: new Error('Operation not permitted') });
  await held.link.open();
  const claimed = await held.link.claim(0);
  assert.ok(!claimed.ok);
  assert.equal(claimed.code, 'device.interface-busy');
  assert.match(claimed.reason, /driver usbhid/);
  const without = openHeldLink('usbhid');
  Object.assign(without.device, { detachKernelDriver: undefined });
  await without.link.open();
  assert.match(((await without.link.claim(0)) as { reason: string }).reason, /driver usbhid/);
});

test('REQ-OTA-USB-04 a driver whose interface could not be claimed after all gets it back', async () => {
  const { device, link } = openHeldLink('cdc_acm', { claim: new Error('interface is busy') });
  await link.open();
  assert.equal(codeOf(await link.claim(0)), 'device.interface-busy');
  assert.deepEqual(device.log, ['open', 'detach 0', 'attach 0']);
});

/** A link whose device never comes to an end with one step. */
async function openHangingLink(step: 'open' | 'claimInterface' | 'selectAlternateInterface' | 'reset' | 'close') {
  const device = new ScriptedUsbDevice({ respond: () => undefined });
  const alarms = new HandAlarms();
  const link = new UsbLink(device, 'linux', { alarm: alarms.alarm });
  if (step !== 'open') assert.ok((await link.open()).ok);
  device[step] = never;
  return { device, alarms, link };
}

const steps = [
  ['open', 'open', (link: UsbLink) => link.open()],
  ['claimInterface', 'claim interface', (link: UsbLink) => link.claim(0)],
  ['selectAlternateInterface', 'select alternate setting', (link: UsbLink) => link.selectAlternate(0, 1)],
  ['reset', 'bus reset', (link: UsbLink) => link.reset()],
] as const;
for (const [method, name, run] of steps) {
  test(`REQ-OTA-APP-04 ${name}: a driver that hangs there ends the call by its name, and the link is left`, async () => {
    const { device, alarms, link } = await openHangingLink(method);
    const calls = [run(link), link.transferIn('GETSTATE', GETSTATE, 1, 100)];
    await nextTurn();
    assert.equal(alarms.pendingMs.length, 1);
    alarms.ringAll();
    const results = await Promise.all(calls);
    assert.deepEqual(results.map(codeOf), ['device.step-hangs', 'device.step-hangs']);
    assert.ok(results.every((result) => !result.ok && result.reason.includes(`(${name})`)));
    assert.ok(link.gone.aborted);
    await link.close();
    assert.ok(!device.log.includes('GETSTATE'));
    assert.deepEqual(alarms.pendingMs, []);
  });
}

test('REQ-OTA-APP-04 each step has a deadline of its own, which is called off when it is over', async () => {
  const device = new ScriptedUsbDevice({ respond: () => Uint8Array.of(2) });
  const alarms = new HandAlarms();
  const link = new UsbLink(device, 'linux', { alarm: alarms.alarm });
  for (const [, , run] of steps) {
    const done = run(link);
    await Promise.resolve();
    assert.equal(alarms.pendingMs.length, 1);
    assert.ok((await done).ok);
    assert.deepEqual(alarms.pendingMs, []);
  }
  const asked = link.transferIn('GETSTATE', GETSTATE, 1, 100);
  await Promise.resolve();
  assert.deepEqual(alarms.pendingMs, [], 'a transfer has the deadline of the package');
  await asked;
  await link.close();
  assert.deepEqual([alarms.pendingMs, device.opened], [[], false]);
});

test('REQ-OTA-APP-04 closing waits neither for a driver that hangs in it nor for a step that hangs before it', async () => {
  const closing = await openHangingLink('close');
  const closed = closing.link.close();
  await nextTurn();
  closing.alarms.ringAll();
  await closed;
  const stuck = await openHangingLink('reset');
  const reset = stuck.link.reset();
  const left = stuck.link.close();
  await nextTurn();
  stuck.alarms.ringAll();
  assert.equal(codeOf(await reset), 'device.step-hangs');
  await left;
});

test('REQ-OTA-USB-01 a unit that opens after all when nobody waits for it any longer is closed again', async () => {
  const device = new ScriptedUsbDevice({ respond: () => undefined });
  const alarms = new HandAlarms();
  const link = new UsbLink(device, 'linux', { alarm: alarms.alarm });
  const { promise, resolve } = Promise.withResolvers<undefined>();
  device.open = () => promise;
  const opening = link.open();
  await nextTurn();
  alarms.ringAll();
  assert.equal(codeOf(await opening), 'device.step-hangs');
  resolve(undefined);
  await nextTurn();
  assert.deepEqual(device.log, ['close']);
});
