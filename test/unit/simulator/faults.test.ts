import assert from 'node:assert/strict';
import test from 'node:test';
import { DfuRequest } from '../../../core/device/dfu/constants.ts';
import type { Fault } from '../../../simulator/faults.ts';
import {
  classIn,
  classOut,
  download,
  enterDfuMode,
  getStatus,
  installTrial,
  newImage,
  openDevice,
  openTestBench,
  POSITION,
  readInformation,
  SERIAL,
  upload,
  vendorOut,
  type BenchSetup,
  type TestBench,
} from './bench.ts';

function openWithFault(fault: Fault, setup?: BenchSetup): TestBench {
  const bench = openTestBench({}, setup);
  bench.unit(SERIAL).arm(fault);
  return bench;
}

test('REQ-OTA-APP-04 a stall comes at the n-th transfer of its name, once, and the unit never saw the request', async () => {
  const bench = openWithFault({ kind: 'stall', transfer: 'DNLOAD', nth: 2 });
  const dfu = await enterDfuMode(bench);
  await assert.rejects(download(dfu, newImage), /endpoint stalled/);
  assert.equal((await getStatus(dfu)).status, 0);
  await classOut(dfu, DfuRequest.ABORT);
  assert.equal((await download(dfu, newImage)).status, 0);
  assert.equal(bench.unit(SERIAL).faults.fired.length, 1);
});

test('REQ-OTA-APP-04 a time-out leaves open whether the unit did what it was asked', async () => {
  for (const applied of [false, true]) {
    const bench = openWithFault({ kind: 'timeout', transfer: 'ACTIVATE', nth: 1, applied });
    const dfu = await enterDfuMode(bench);
    await download(dfu, newImage);
    await assert.rejects(vendorOut(dfu, 0xd1, 1), /transfer was cancelled/);
    assert.equal((await readInformation(dfu)).slots[1]?.state, applied ? 'pending' : 'image');
  }
});

test('REQ-OTA-APP-04 unplugged in mid-download: the transfer is rejected, and after re-plugging the old version runs', async () => {
  const bench = openWithFault({ kind: 'unplug', transfer: 'DNLOAD', nth: 2, replugAfterMs: 3000 });
  const dfu = await enterDfuMode(bench);
  await assert.rejects(download(dfu, newImage), /device disconnected/);
  const information = await readInformation(await openDevice(bench));
  assert.deepEqual([information.mode, information.slots[0]?.version], ['application', '1.0.0+1']);
});

test('REQ-OTA-APP-04 unplugged for good: the position is empty', async () => {
  const bench = openWithFault({ kind: 'unplug', transfer: 'INFO', nth: 1 });
  const device = await openDevice(bench);
  await assert.rejects(readInformation(device), /device disconnected/);
  await bench.bus.settle();
  assert.deepEqual(bench.bus.positions, []);
});

test('REQ-OTA-APP-02 a corrupted read differs in one bit, at the same place for the same seed', async () => {
  const read = async (): Promise<Buffer> => {
    const bench = openWithFault({ kind: 'corrupt-read', transfer: 'UPLOAD', nth: 1 });
    const dfu = await enterDfuMode(bench);
    await dfu.selectAlternateInterface(0, 0);
    return await upload(dfu);
  };
  const first = await read();
  assert.ok(first.equals(await read()));
  const bench = openTestBench();
  const dfu = await enterDfuMode(bench);
  await dfu.selectAlternateInterface(0, 0);
  assert.equal(countDifferentBits(first, await upload(dfu)), 1);
});

test('REQ-OTA-APP-02 a corrupted write lands in the flash, with status OK', async () => {
  const bench = openWithFault({ kind: 'corrupt-write', transfer: 'DNLOAD', nth: 1 });
  const dfu = await enterDfuMode(bench);
  assert.equal((await download(dfu, newImage)).status, 0);
  assert.equal(countDifferentBits((await upload(dfu)).subarray(0, newImage.length), newImage), 1);
});

function countDifferentBits(left: Uint8Array, right: Uint8Array): number {
  assert.equal(left.length, right.length);
  let bits = 0;
  left.forEach((byte, index) => {
    for (let rest = byte ^ (right[index] ?? 0); rest !== 0; rest >>= 1) bits += rest & 1;
  });
  return bits;
}

test('REQ-OTA-VER-01 a unit that lies about its version says what it is told to', async () => {
  const bench = openWithFault({ kind: 'false-version', version: '9.9.9+9', counter: 99 });
  const information = await readInformation(await openDevice(bench));
  assert.deepEqual([information.slots[0]?.version, information.slots[0]?.counter], ['9.9.9+9', 99]);
});

test('REQ-OTA-USB-03 a unit may come back from a reset with another serial', async () => {
  const bench = openWithFault({ kind: 'other-serial', serial: 'VU-9999' });
  const device = await openDevice(bench);
  await vendorOut(device, 0xd3);
  assert.equal((await openDevice(bench)).serialNumber, 'VU-9999');
});

test('REQ-OTA-TST-02 a unit that never comes back does so only after its power was cycled', async () => {
  const bench = openWithFault({ kind: 'no-return' });
  const device = await openDevice(bench);
  await vendorOut(device, 0xd3);
  await assert.rejects(openDevice(bench), /no device/);
  bench.bus.powerCycle(POSITION);
  await openDevice(bench);
});

test('REQ-OTA-APP-04 a power cut at every flash operation of a whole update leaves a unit that boots a whole image', async () => {
  const counting = openTestBench();
  const before = counting.unit(SERIAL).board.flash.operations;
  await installTrial(counting, newImage);
  const operations = counting.unit(SERIAL).board.flash.operations - before;
  assert.ok(operations > 30, `${operations} operations`);
  for (let nth = 1; nth <= operations; nth += 1) {
    const bench = openWithFault({ kind: 'power-cut', flashOperation: nth, restoreAfterMs: 2000 });
    await installTrial(bench, newImage).catch((error: unknown) => assert.match(String(error), /device disconnected/));
    await bench.bus.settle();
    const [device] = await bench.bus.getDevices();
    assert.ok(device !== undefined, `cut at ${nth}`);
    await device.open();
    const information = await readInformation(device);
    const version = information.slots[0]?.version;
    assert.equal(information.mode, 'application', `cut at ${nth}`);
    assert.ok(version === '1.0.0+1' || version === '2.0.0+7', `cut at ${nth}: ${version}`);
    assert.equal(information.slots[0]?.state, 'confirmed', `cut at ${nth}`);
    assert.equal(bench.unit(SERIAL).faults.fired[0]?.kind, 'power-cut');
  }
});

test('REQ-OTA-APP-04 without restored power the unit stays dark until it is plugged in again', async () => {
  const bench = openWithFault({ kind: 'power-cut', flashOperation: 1 });
  const dfu = await enterDfuMode(bench);
  await assert.rejects(download(dfu, newImage), /device disconnected/);
  await assert.rejects(openDevice(bench), /no device/);
  bench.bus.powerCycle(POSITION);
  assert.equal((await readInformation(await openDevice(bench))).slots[0]?.version, '1.0.0+1');
});

test('REQ-OTA-APP-04 faults that were taken back do not come', async () => {
  const bench = openWithFault({ kind: 'stall', transfer: 'GETSTATE', nth: 1 });
  bench.unit(SERIAL).arm({ kind: 'power-cut', flashOperation: 1 });
  bench.unit(SERIAL).disarm();
  const dfu = await enterDfuMode(bench);
  assert.equal((await classIn(dfu, DfuRequest.GETSTATE, 0, 1)).readUInt8(0), 2);
  assert.equal((await download(dfu, newImage)).status, 0);
});
