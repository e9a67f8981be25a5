import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ControlSetup } from '../../../core/device/usb-backend.ts';
import { UsbLink } from '../../../core/device/usb-link.ts';
import { ScriptedUsbDevice, stall, timedOut, unplugged } from '../../helpers/scripted-usb-device.ts';
import type { Respond } from '../../helpers/scripted-usb-device.ts';

const GETSTATE: ControlSetup = { requestType: 'class', recipient: 'interface', request: 5, value: 0, index: 0 };

async function openLink(respond: Respond = () => Uint8Array.of(2)) {
  const device = new ScriptedUsbDevice({ respond });
  const link = new UsbLink(device, 'linux');
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
  ['unplugging', unplugged(), 'device.unplugged'],
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
  const link = new UsbLink(device, 'linux');
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
  device.reset = () => Promise.reject(new Error('Permission denied'));
  assert.ok(!(await link.reset()).ok);
});
