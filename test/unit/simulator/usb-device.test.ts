import assert from 'node:assert/strict';
import test from 'node:test';
import { FULL_SPEED } from '../../../simulator/bus-speed.ts';
import { VirtualUsbBus } from '../../../simulator/usb-bus.ts';
import { provisionUnit } from '../../../simulator/provision.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import { classIn, enterDfuMode, openDevice, openTestBench, POSITION, publicKeyPem, vendorOut } from './bench.ts';

const getDescriptor = (value: number) =>
  ({ requestType: 'standard', recipient: 'device', request: 6, value, index: 0 }) as const;

function isGenericFailure(message: string): (error: unknown) => boolean {
  return (error) =>
    error instanceof Error && 'code' in error && error.code === 'GenericFailure' && error.message.includes(message);
}

test('REQ-OTA-USB-02 GET_DESCRIPTOR gives the whole configuration with the functional descriptor', async () => {
  const device = await enterDfuMode(openTestBench());
  const start = await device.controlTransferIn(getDescriptor(0x0200), 9);
  const totalBytes = start.data.getUint16(2, true);
  const { data } = await device.controlTransferIn(getDescriptor(0x0200), totalBytes);
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('hex');
  const head = '0902240001010080' + '32';
  const alternates = '0904000000fe010204' + '0904000100fe010205';
  assert.equal(bytes, head + alternates + '09210fe803' + '00101001');
});

test('REQ-OTA-USB-02 string descriptors: languages, serial, alternates by name; unknown ones are stalled', async () => {
  const device = await enterDfuMode(openTestBench());
  const readString = async (index: number): Promise<string> => {
    const { data } = await device.controlTransferIn(getDescriptor(0x0300 + index), 255);
    return Buffer.from(data.buffer, data.byteOffset + 2, data.byteLength - 2).toString('utf16le');
  };
  const languages = await device.controlTransferIn(getDescriptor(0x0300), 255);
  assert.equal(languages.data.getUint16(2, true), 0x0409);
  assert.deepEqual(
    [await readString(2), await readString(3), await readString(4), await readString(5)],
    ['Drydock virtual unit', 'VU-0001', 'image-0', 'image-1'],
  );
  await assert.rejects(readString(6), isGenericFailure('endpoint stalled'));
});

test('REQ-OTA-USB-02 the parsed configuration: run-time, then one alternate per slot; alternate always says 0', async () => {
  const bench = openTestBench();
  const device = await openDevice(bench);
  assert.deepEqual(device.configuration.interfaces[0]?.alternate.interfaceProtocol, 1);
  const dfu = await enterDfuMode(openTestBench());
  await dfu.selectAlternateInterface(0, 1);
  const [iface] = dfu.configuration.interfaces;
  assert.deepEqual(
    iface?.alternates.map(({ interfaceProtocol, interfaceName }) => [interfaceProtocol, interfaceName]),
    [
      [2, 'image-0'],
      [2, 'image-1'],
    ],
  );
  assert.equal(iface.alternate.alternateSetting, 0);
  assert.equal(iface.claimed, true);
});

test('REQ-OTA-USB-02 a stall rejects with a plain GenericFailure, never with a status', async () => {
  const device = await openDevice(openTestBench());
  await assert.rejects(vendorOut(device, 0xdd), isGenericFailure('endpoint stalled'));
  await assert.rejects(device.controlTransferIn(getDescriptor(0x7700), 64), isGenericFailure('endpoint stalled'));
});

test('REQ-OTA-USB-02 a time-out rejects as cancelled after the third argument, 1000 ms by default', async () => {
  for (const [timeoutMs, expectedMs] of [
    [undefined, 1000],
    [250, 250],
  ] as const) {
    const bench = openTestBench();
    const device = await openDevice(bench);
    bench.unit('VU-0001').arm({ kind: 'timeout', transfer: 'GET_DESCRIPTOR', nth: 1 });
    const beforeMs = bench.clock.monotonicMs();
    const transfer = device.controlTransferIn(getDescriptor(0x0100), 18, timeoutMs);
    await assert.rejects(transfer, isGenericFailure('transfer was cancelled'));
    assert.equal(bench.clock.monotonicMs() - beforeMs, expectedMs);
  }
});

test('REQ-OTA-USB-02 time-out 0 waits until the device is gone', async () => {
  const bench = openTestBench();
  const device = await openDevice(bench);
  bench.unit('VU-0001').arm({ kind: 'timeout', transfer: 'GET_DESCRIPTOR', nth: 1 });
  const transfer = device.controlTransferIn(getDescriptor(0x0100), 18, 0);
  setImmediate(() => setImmediate(() => void bench.bus.unplug(POSITION)));
  await assert.rejects(transfer, isGenericFailure('device disconnected'));
});

test('REQ-OTA-USB-02 after unplug everything says so, and the configuration getter throws', async () => {
  const bench = openTestBench();
  const device = await openDevice(bench);
  bench.bus.unplug(POSITION);
  await assert.rejects(device.controlTransferIn(getDescriptor(0x0100), 18), isGenericFailure('device disconnected'));
  await assert.rejects(device.reset(), isGenericFailure('device disconnected'));
  await assert.rejects(device.selectAlternateInterface(0, 0), isGenericFailure('device disconnected'));
  assert.throws(() => device.configuration, isGenericFailure('device disconnected'));
  assert.throws(() => device.configurations, isGenericFailure('device disconnected'));
  await device.close();
  await assert.rejects(device.open(), isGenericFailure('device disconnected'));
  assert.deepEqual(await bench.bus.getDevices(), []);
});

test('REQ-OTA-USB-02 close does not release interfaces: claim again without release finds them busy', async () => {
  const device = await openDevice(openTestBench());
  await device.close();
  await device.open();
  await assert.rejects(device.claimInterface(0), isGenericFailure('interface is busy'));
  await device.releaseInterface(0);
  await device.claimInterface(0);
});

test('REQ-OTA-USB-02 an interface belongs to one object; another one for the same device finds it busy', async () => {
  const bench = openTestBench();
  const device = await openDevice(bench);
  const [other] = await bench.bus.getDevices();
  assert.ok(other !== undefined && other !== device);
  assert.equal(other.handle, device.handle);
  await other.open();
  await assert.rejects(other.claimInterface(0), isGenericFailure('interface is busy'));
  await assert.rejects(other.releaseInterface(0), isGenericFailure('not claimed'));
  await assert.rejects(other.claimInterface(5), isGenericFailure('interface not found'));
});

test('REQ-OTA-USB-02 a device must be open, and its interface claimed for class requests', async () => {
  const bench = openTestBench();
  const [device] = await bench.bus.getDevices();
  assert.ok(device !== undefined);
  await assert.rejects(device.controlTransferIn(getDescriptor(0x0100), 18), isGenericFailure('invalid state'));
  await assert.rejects(device.claimInterface(0), isGenericFailure('invalid state'));
  await device.open();
  assert.equal((await device.controlTransferIn(getDescriptor(0x0100), 18)).data.byteLength, 18);
  await assert.rejects(classIn(device, 3, 0, 6), isGenericFailure('invalid state'));
  await assert.rejects(device.selectConfiguration(2), isGenericFailure('invalid configuration'));
  await device.selectConfiguration(1);
});

test('REQ-OTA-USB-02 close during a transfer is refused, as the package does', async () => {
  const device = await openDevice(openTestBench());
  const transfer = device.controlTransferIn(getDescriptor(0x0100), 18);
  await assert.rejects(device.close(), isGenericFailure('cannot be borrowed mutably'));
  await transfer;
  await device.close();
});

test('REQ-OTA-USB-02 OUT without data is a TypeError, above 65,535 bytes a failure', async () => {
  const device = await openDevice(openTestBench());
  const setup = { requestType: 'vendor', recipient: 'device', request: 0xd3, value: 0, index: 0 } as const;
  await assert.rejects(device.controlTransferOut(setup), TypeError);
  await assert.rejects(device.controlTransferOut(setup, new Uint8Array(65_536)), isGenericFailure(''));
});

test('REQ-OTA-USB-02 the data of an OUT transfer is the view, not the buffer behind it', async () => {
  const bench = openTestBench();
  const device = await enterDfuMode(bench);
  const behind = Buffer.from('ffffffffffffffff0102030405060708ffff', 'hex');
  const setup = { requestType: 'class', recipient: 'interface', request: 1, value: 0, index: 0 } as const;
  assert.equal((await device.controlTransferOut(setup, behind.subarray(8, 16))).bytesWritten, 8);
  const staged = bench.unit('VU-0001').board.loader.secondary.area.read(0, 8);
  assert.equal(Buffer.from(staged).toString('hex'), '0102030405060708');
});

test('REQ-OTA-USB-02 re-enumeration: disconnect, then connect with a new object and address; ports and serial stay', async () => {
  const bench = openTestBench();
  const events: string[] = [];
  const listener =
    (type: string) => (event: { device: { address: number; ports: number[]; serialNumber: string | null } }) =>
      void events.push(`${type} ${event.device.address} ${event.device.ports.join('.')} ${event.device.serialNumber}`);
  bench.bus.addEventListener('connect', listener('connect'));
  bench.bus.addEventListener('disconnect', listener('disconnect'));
  const device = await openDevice(bench);
  const startMs = bench.clock.monotonicMs();
  await vendorOut(device, 0xd3);
  await assert.rejects(device.controlTransferIn(getDescriptor(0x0100), 18), isGenericFailure('device disconnected'));
  await bench.bus.settle();
  assert.deepEqual(events, ['disconnect 1 4 VU-0001', 'connect 2 4 VU-0001']);
  assert.ok(bench.clock.monotonicMs() - startMs >= 700);
  await assert.rejects(device.controlTransferIn(getDescriptor(0x0100), 18), isGenericFailure('device disconnected'));
});

test('REQ-OTA-USB-02 a removed listener hears nothing more', () => {
  const bench = openTestBench();
  let heard = 0;
  const listener = (): void => {
    heard += 1;
  };
  bench.bus.addEventListener('disconnect', listener);
  bench.bus.powerCycle(POSITION);
  bench.bus.removeEventListener('disconnect', listener);
  bench.bus.powerCycle(POSITION);
  assert.equal(heard, 1);
});

test('REQ-OTA-USB-03 units with equal serials are told apart by their position', async () => {
  const clock = new TestClock();
  const bus = new VirtualUsbBus({ clock });
  const order = { serial: 'CLONE', imagePublicKey: publicKeyPem, slotBytes: 64 * 1024 };
  bus.plug('1-2', provisionUnit(order, clock));
  bus.plug('2-1.3', provisionUnit(order, clock));
  const places = (await bus.getDevices()).map(({ bus: name, ports, serialNumber }) => [name, ports, serialNumber]);
  assert.deepEqual(places, [
    ['1', [2], 'CLONE'],
    ['2', [1, 3], 'CLONE'],
  ]);
  assert.throws(() => bus.plug('1-2', provisionUnit(order, clock)), /taken/);
  assert.throws(() => bus.plug('port four', provisionUnit(order, clock)), /not like/);
});

test('REQ-OTA-USB-02 with a bus speed transfers take the time of the wire', async () => {
  const clock = new TestClock();
  const bus = new VirtualUsbBus({ clock, speed: FULL_SPEED });
  bus.plug('1-1', provisionUnit({ serial: 'S', imagePublicKey: publicKeyPem, slotBytes: 64 * 1024 }, clock));
  const [device] = await bus.getDevices();
  await device?.open();
  const startMs = clock.monotonicMs();
  for (let count = 0; count < 230; count += 1) await device?.controlTransferIn(getDescriptor(0x0100), 18);
  // 45 + 18 bytes each, no six ones in a row: 9.66 frames and what is left over at their ends, waited for in whole milliseconds.
  assert.equal(clock.monotonicMs() - startMs, 9);
});
