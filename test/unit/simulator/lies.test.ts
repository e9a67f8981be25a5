import assert from 'node:assert/strict';
import test from 'node:test';
import { DfuRequest, DfuState } from '../../../core/device/dfu/constants.ts';
import { parseConfigurationLength, parseDfuInterface } from '../../../core/device/dfu/functional-descriptor.ts';
import type { Fault } from '../../../simulator/faults.ts';
import type { VirtualUsbDevice } from '../../../simulator/usb-device.ts';
import { openVirtualBench } from '../../../simulator/virtual-bench.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import {
  classIn,
  classOut,
  download,
  enterDfuMode,
  factoryImage,
  getStatus,
  installTrial,
  newImage,
  openDevice,
  openTestBench,
  POSITION,
  publicKeyPem,
  readInformation,
  SERIAL,
  signedImage,
  upload,
  vendorOut,
  type TestBench,
} from './bench.ts';
import {
  dfuUtilDownload,
  enterDfu,
  imageOkOf,
  open,
  openZephyr,
  readSlot,
  SLOT_BYTES,
  versionOf,
} from './zephyr/zephyr-bench.ts';

function benchWith(...faults: readonly Fault[]): TestBench {
  const bench = openTestBench();
  for (const fault of faults) bench.unit(SERIAL).arm(fault);
  return bench;
}

function names(device: VirtualUsbDevice): (string | null)[] {
  return (device.configuration.interfaces[0]?.alternates ?? []).map(({ interfaceName }) => interfaceName);
}

test('REQ-OTA-USB-04 false-version from the next reset on: the version is true before it and false after it', async () => {
  const bench = benchWith({ kind: 'false-version', version: '9.9.9+9', counter: 99, from: 'reset' });
  const device = await openDevice(bench);
  assert.equal((await readInformation(device)).slots[0]?.version, '1.0.0+1');
  await vendorOut(device, 0xd3);
  const after = (await readInformation(await openDevice(bench))).slots[0];
  assert.deepEqual([after?.version, after?.counter], ['9.9.9+9', 99]);
  assert.equal(bench.unit(SERIAL).faults.fired.length, 1);
});

test('REQ-OTA-USB-04 false-version of a Zephyr unit: the header of its running slot reads so after the power cycle, and no other byte', async () => {
  const zephyr = openZephyr('2.5');
  zephyr.unit.arm({ kind: 'false-version', version: '9.8.700+60000', from: 'reset' });
  const before = await readSlot(zephyr, await enterDfu(zephyr), 0);
  assert.equal(versionOf(before), '1.0.0+1');
  zephyr.bench.bus.powerCycle(POSITION);
  const after = await readSlot(zephyr, await enterDfu(zephyr), 0);
  assert.equal(versionOf(after), '9.8.700+60000');
  assert.ok(after.subarray(28).equals(before.subarray(28)));
  assert.ok(after.subarray(0, 20).equals(before.subarray(0, 20)));
});

test('REQ-OTA-USB-04 false-slots: the names of the alternate settings are exchanged, what stands behind them is not', async () => {
  const bench = benchWith({ kind: 'false-slots', exchanged: true });
  const dfu = await enterDfuMode(bench);
  assert.deepEqual(names(dfu), ['image-1', 'image-0']);
  await dfu.selectAlternateInterface(0, 0);
  assert.equal(versionOf(await upload(dfu)), '1.0.0+1');
  const zephyr = openZephyr('legacy');
  zephyr.unit.arm({ kind: 'false-slots', exchanged: true });
  assert.deepEqual(names(await enterDfu(zephyr)), ['image_1', 'image_0']);
});

test('REQ-OTA-USB-04 false-slots: INFO tells another size, and a Zephyr unit’s upload ends there', async () => {
  const bench = benchWith({ kind: 'false-slots', sizeBytes: 8192 });
  const { slots } = await readInformation(await openDevice(bench));
  assert.deepEqual(
    slots.map(({ size }) => size),
    [8192, 8192],
  );
  for (const generation of ['2.5', 'legacy', 'next'] as const) {
    const zephyr = openZephyr(generation);
    zephyr.unit.arm({ kind: 'false-slots', sizeBytes: 8192 });
    assert.equal((await readSlot(zephyr, await enterDfu(zephyr), 1)).length, 8192);
  }
});

test('REQ-OTA-USB-04 other-image: read-back answers with the written bytes, and another image boots', async () => {
  const other = signedImage({ version: '3.0.0+0', securityCounter: 3, bodyBytes: 5000 });
  const bench = openTestBench();
  const dfu = await enterDfuMode(bench);
  bench.unit(SERIAL).arm({ kind: 'other-image', image: other });
  await download(dfu, newImage);
  assert.ok((await upload(dfu)).subarray(0, newImage.length).equals(newImage));
  await vendorOut(dfu, 0xd1, 1);
  await vendorOut(dfu, 0xd3);
  assert.equal((await readInformation(await openDevice(bench))).slots[0]?.version, '3.0.0+0');

  const zephyr = openZephyr('2.5');
  const device = await enterDfu(zephyr);
  zephyr.unit.arm({ kind: 'other-image', image: other });
  await dfuUtilDownload(zephyr, device, newImage);
  assert.ok((await readSlot(zephyr, device, 1)).subarray(0, newImage.length).equals(newImage));
  zephyr.bench.bus.powerCycle(POSITION);
  const running = await readSlot(zephyr, await enterDfu(zephyr), 0);
  assert.deepEqual([versionOf(running), imageOkOf(running), running.length], ['3.0.0+0', 1, SLOT_BYTES]);
});

test('REQ-OTA-USB-03 false-serial: a clone shows another unit’s serial in its descriptors and in INFO', async () => {
  const bench = benchWith({ kind: 'false-serial', serial: 'VU-0042' });
  bench.bus.powerCycle(POSITION);
  const device = await openDevice(bench);
  assert.equal(device.serialNumber, 'VU-0042');
  assert.equal((await readInformation(device)).serial, 'VU-0042');
});

test('REQ-OTA-USB-03 clones: units of one serial stand side by side on a bench under names of their own', async () => {
  const order = { serial: 'CLONE', imagePublicKey: publicKeyPem, slotBytes: SLOT_BYTES, factoryImage };
  const bench = openVirtualBench({
    clock: new TestClock(),
    units: [
      { ...order, position: '1-1', id: 'left' },
      { ...order, position: '1-2', id: 'right', kind: 'zephyr-2.5' },
    ],
  });
  const seen = (await bench.bus.getDevices()).map(({ ports, serialNumber, vendorId }) => [
    ports,
    serialNumber,
    vendorId,
  ]);
  assert.deepEqual(seen, [
    [[1], 'CLONE', 0x1209],
    [[2], 'CLONE', 0x2fe3],
  ]);
  assert.notEqual(bench.device('left'), bench.device('right'));
  assert.throws(() => bench.device('CLONE'), /no virtual unit CLONE/);
  assert.throws(() => bench.unit('right'), /not a reference unit/);
  assert.throws(() => bench.zephyr('left'), /not a Zephyr unit/);
});

test('REQ-OTA-USB-03 other-ids: the unit comes back from a reset with another VID and PID, and keeps them', async () => {
  const bench = benchWith({ kind: 'other-ids', vendorId: 0xdead, productId: 0xbeef });
  const device = await openDevice(bench);
  assert.deepEqual([device.vendorId, device.productId], [0x1209, 0x0001]);
  await vendorOut(device, 0xd3);
  const back = await openDevice(bench);
  assert.deepEqual([back.vendorId, back.productId, back.serialNumber], [0xdead, 0xbeef, SERIAL]);
  await vendorOut(back, 0xd3);
  assert.equal((await openDevice(bench)).vendorId, 0xdead);
});

test('REQ-OTA-USB-03 other-position: the unit comes back from a reset at another port, running on', async () => {
  const bench = benchWith({ kind: 'other-position', position: '2-1.7' });
  const left: number[][] = [];
  bench.bus.addEventListener('disconnect', ({ device }) => left.push(device.ports));
  await vendorOut(await openDevice(bench), 0xd3);
  const back = await openDevice(bench);
  assert.deepEqual([back.bus, back.ports, left], ['2', [1, 7], [[4]]]);
  assert.deepEqual(bench.bus.positions, ['2-1.7']);
  assert.equal((await readInformation(back)).slots[0]?.version, '1.0.0+1');
  assert.equal(bench.bus.positionOf(bench.unit(SERIAL)), '2-1.7');
  bench.bus.unplug('2-1.7');
  assert.equal(bench.bus.positionOf(bench.unit(SERIAL)), undefined);
});

test('REQ-OTA-USB-03 other-address: the next appearance on the bus has the given address, the one after it a new one', async () => {
  const bench = openTestBench();
  const { address } = await openDevice(bench);
  bench.unit(SERIAL).arm({ kind: 'other-address', address });
  bench.bus.powerCycle(POSITION);
  assert.equal((await openDevice(bench)).address, address, 'the same as before it left');
  bench.bus.powerCycle(POSITION);
  assert.notEqual((await openDevice(bench)).address, address);
});

test('REQ-OTA-USB-04 false-poll-time: GETSTATUS states an absurd time in one state, or in all', async () => {
  const bench = benchWith({ kind: 'false-poll-time', pollMs: 0xffffff, state: DfuState['dfuDNLOAD-IDLE'] });
  const dfu = await enterDfuMode(bench);
  assert.equal((await getStatus(dfu)).pollMs, 0);
  await classOut(dfu, DfuRequest.DNLOAD, 0, newImage.subarray(0, 4096));
  assert.deepEqual(await getStatus(dfu), { status: 0, pollMs: 0xffffff, state: DfuState['dfuDNLOAD-IDLE'] });
  bench.unit(SERIAL).arm({ kind: 'false-poll-time', pollMs: 86_400 });
  await classOut(dfu, DfuRequest.ABORT);
  assert.equal((await getStatus(dfu)).pollMs, 86_400);
  bench.unit(SERIAL).disarm();
  assert.equal((await getStatus(dfu)).pollMs, 0);
});

const getDescriptor = async (device: VirtualUsbDevice, value: number): Promise<Buffer> => {
  const setup = { requestType: 'standard', recipient: 'device', request: 6, value, index: 0 } as const;
  const { data } = await device.controlTransferIn(setup, 4096);
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
};

test('REQ-OTA-USB-04 raw-descriptor: any bytes for the configuration, as the host sees them and as the unit sends them', async () => {
  const overlong = Uint8Array.from([9, 2, 40, 0, 1, 1, 0, 0x80, 50, 9, 4, 0, 0, 0, 0xfe, 1, 1, 0, 200, 4, 0]);
  const bench = benchWith({ kind: 'raw-descriptor', descriptor: 'configuration', bytes: overlong });
  bench.bus.powerCycle(POSITION);
  const device = await openDevice(bench);
  assert.equal(device.configuration.interfaces[0]?.alternates.length, 1, 'read up to the one that does not fit');
  const sent = await getDescriptor(device, 0x0200);
  assert.ok(sent.equals(Buffer.from(overlong)));
  assert.ok(parseConfigurationLength(sent).ok);
  const parsed = parseDfuInterface(sent);
  assert.equal(parsed.ok ? '' : parsed.code, 'device.descriptor-invalid');
});

test('REQ-OTA-USB-04 raw-descriptor: without any interface there is no configuration; a short device descriptor reads as 0', async () => {
  const bench = benchWith(
    { kind: 'raw-descriptor', descriptor: 'configuration', bytes: Uint8Array.of(9, 2, 9, 0, 0, 1, 0, 0x80, 50) },
    { kind: 'raw-descriptor', descriptor: 'device', bytes: Uint8Array.of(18, 1, 0x10, 0x02) },
  );
  bench.bus.powerCycle(POSITION);
  const [device] = await bench.bus.getDevices();
  assert.ok(device);
  assert.deepEqual(device.configurations, []);
  assert.throws(() => device.configuration, /configuration not found/);
  assert.deepEqual(
    [device.usbVersionMajor, device.usbVersionMinor, device.vendorId, device.serialNumber],
    [2, 1, 0, null],
  );
});

test('REQ-OTA-USB-04 raw-descriptor: strings cut short, of another type, or of any UTF-16', async () => {
  for (const [bytes, shown] of [
    [Uint8Array.of(30, 3, 0x41, 0), 'A'],
    [Uint8Array.of(4, 2, 0x41, 0), null],
    [Uint8Array.of(1, 3), null],
    [Uint8Array.of(6, 3, 0x00, 0xd8, 0x0a, 0), '\ud800\n'],
    [new Uint8Array(0), null],
  ] as const) {
    const bench = benchWith({ kind: 'raw-descriptor', descriptor: { string: 3 }, bytes });
    bench.bus.powerCycle(POSITION);
    const device = await openDevice(bench);
    assert.equal(device.serialNumber, shown);
    assert.ok((await getDescriptor(device, 0x0303)).equals(Buffer.from(bytes)));
  }
});

test('REQ-OTA-USB-04 no-answer: a request of that name is never answered, others are; the unit does not see it', async () => {
  for (const [transfer, send] of [
    ['DNLOAD', (device: VirtualUsbDevice) => classOut(device, DfuRequest.DNLOAD, 0, newImage.subarray(0, 64))],
    ['UPLOAD', (device: VirtualUsbDevice) => classIn(device, DfuRequest.UPLOAD, 0, 64)],
    ['SET_INTERFACE', (device: VirtualUsbDevice) => device.selectAlternateInterface(0, 0)],
    ['INFO', (device: VirtualUsbDevice) => readInformation(device)],
  ] as const) {
    const bench = openTestBench();
    const dfu = await enterDfuMode(bench);
    bench.unit(SERIAL).arm({ kind: 'no-answer', transfer });
    for (let time = 0; time < 3; time += 1) await assert.rejects(send(dfu), /transfer was cancelled/);
    assert.equal((await getStatus(dfu)).state, DfuState.dfuIDLE);
    bench.unit(SERIAL).disarm();
    await send(dfu);
  }
});

test('REQ-OTA-USB-04 no-answer: a fault ordered for the n-th such transfer comes all the same', async () => {
  const bench = benchWith({ kind: 'no-answer', transfer: 'INFO' }, { kind: 'stall', transfer: 'INFO', nth: 2 });
  const device = await openDevice(bench);
  await assert.rejects(readInformation(device), /cancelled/);
  await assert.rejects(readInformation(device), /stalled/);
  await assert.rejects(readInformation(device), /cancelled/);
});

test('REQ-OTA-USB-03 other-serial and no-return come with a Zephyr unit’s power cycle, its only reset, one each time', async () => {
  const zephyr = openZephyr('next');
  zephyr.unit.arm({ kind: 'no-return' });
  zephyr.unit.arm({ kind: 'other-serial', serial: 'VU-9999' });
  zephyr.bench.bus.powerCycle(POSITION);
  await assert.rejects(open(zephyr), /no device/);
  zephyr.bench.bus.powerCycle(POSITION);
  assert.equal((await open(zephyr)).serialNumber, 'VU-9999');
});

test('REQ-OTA-USB-04 lies and transfer faults hit a Zephyr unit as any other', async () => {
  const zephyr = openZephyr('2.5');
  zephyr.unit.arm({ kind: 'false-serial', serial: 'VU-0042' });
  zephyr.unit.arm({ kind: 'unplug', transfer: 'DNLOAD', nth: 3, replugAfterMs: 100 });
  zephyr.bench.bus.powerCycle(POSITION);
  const dfu = await enterDfu(zephyr);
  assert.equal(dfu.serialNumber, 'VU-0042');
  await assert.rejects(dfuUtilDownload(zephyr, dfu, newImage), /device disconnected/);
  assert.equal((await open(zephyr)).productId, 0x0005);
});

test('REQ-OTA-USB-02 the honest bench tells no lies', async () => {
  const device = await installTrial(openTestBench(), newImage);
  const { slots } = await readInformation(device);
  assert.deepEqual([slots[0]?.version, slots[0]?.size], ['2.0.0+7', SLOT_BYTES]);
});
