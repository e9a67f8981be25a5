import assert from 'node:assert/strict';
import test from 'node:test';
import { readReply, readRecord, requestImport, requestList, submit, unlink } from '../../../helpers/usbip-client.ts';
import { openTestBench } from '../bench.ts';
import { connect, exportUnits, importUnit, turns } from './session-bench.ts';

const GET_DEVICE_DESCRIPTOR = '8006000100001200';
const FIRST_AT_ADDRESS_0 = '8006000100004000';
const SET_CONFIGURATION_1 = '0009010000000000';
const GETSTATE = 'a105000000000100';
const DETACH = '2100e80300000000';

test('REQ-OTA-USB-02 the list names position, ids, speed and interfaces of every unit', () => {
  const bench = openTestBench();
  const connection = connect(exportUnits(bench));
  connection.session.receive(requestList());
  const reply = connection.take();
  assert.equal(reply.length, 8 + 4 + 312 + 4);
  assert.equal(reply.toString('hex', 0, 12), '011100050000000000000001');
  const record = readRecord(reply.subarray(12));
  assert.deepEqual(record, {
    path: '/sys/devices/virtual/drydock/1-4',
    busId: '1-4',
    busNumber: 1,
    deviceNumber: 1,
    speed: 2,
    vendorId: 0x1209,
    productId: 0x0001,
    configurationValue: 1,
    interfaceCount: 1,
  });
  assert.equal(reply.toString('hex', 12 + 312), 'fe010100', 'class, subclass and protocol of DFU at run-time');
});

test('REQ-OTA-USB-02 an imported unit answers control transfers, and stalls what it does not know', async () => {
  const bench = openTestBench();
  const connection = connect(exportUnits(bench));
  const deviceId = importUnit(connection);
  connection.session.receive(submit({ sequence: 1, deviceId, toHost: true, setup: GET_DEVICE_DESCRIPTOR }));
  await turns();
  const reply = connection.take();
  assert.deepEqual(readReply(reply), { command: 3, sequence: 1, status: 0, lenBytes: 18 });
  assert.equal(reply.toString('hex', 48, 48 + 12), '120100020000004009120100');

  connection.session.receive(submit({ sequence: 2, deviceId, toHost: true, setup: '8006007700000900' }));
  connection.session.receive(submit({ sequence: 3, deviceId, toHost: true, setup: GETSTATE, endpoint: 1 }));
  connection.session.receive(submit({ sequence: 4, deviceId, toHost: false, setup: '7f00000000000000' }));
  await turns(12);
  const replies = connection.take();
  assert.deepEqual(
    [0, 48, 96].map((at) => readReply(replies.subarray(at))),
    [2, 3, 4].map((sequence) => ({ command: 3, sequence, status: -32, lenBytes: 0 })),
  );
});

test('an answer never has more bytes than the host has room for, nor than it asked for', async () => {
  const bench = openTestBench();
  const connection = connect(exportUnits(bench));
  const deviceId = importUnit(connection);
  for (const lenBytes of [4, 4096]) {
    connection.session.receive(
      submit({ sequence: lenBytes, deviceId, toHost: true, setup: GET_DEVICE_DESCRIPTOR, lenBytes }),
    );
    await turns();
    assert.equal(connection.take().length, 48 + Math.min(lenBytes, 18));
  }
});

test('a unit belongs to one host: another gets "busy", and has it once the first has let go', () => {
  const units = exportUnits(openTestBench());
  const first = connect(units);
  importUnit(first);
  const second = connect(units);
  second.session.receive(requestImport('1-4'));
  assert.equal(second.take().toString('hex'), '0111000300000002');
  second.session.receive(requestImport('1-9'));
  assert.equal(second.take().toString('hex'), '0111000300000004', 'no such device');
  second.session.receive(requestList());
  assert.equal(second.take().readUInt32BE(8), 0, 'what somebody has is not offered');
  first.session.close();
  second.session.receive(requestImport('1-4'));
  assert.equal(second.take().length, 320);
});

test('REQ-OTA-USB-02 DETACH is answered before the unit leaves its port, and the unit comes back in DFU mode', async () => {
  const bench = openTestBench();
  const units = exportUnits(bench);
  const connection = connect(units);
  const deviceId = importUnit(connection);
  connection.session.receive(submit({ sequence: 9, deviceId, toHost: false, setup: DETACH }));
  await turns();
  assert.deepEqual(readReply(connection.take()), { command: 3, sequence: 9, status: 0, lenBytes: 0 });
  assert.equal(connection.hungUp(), 'the unit has left the bus');
  await bench.bus.settle();
  const next = connect(units);
  next.session.receive(requestImport('1-4'));
  const record = readRecord(next.take().subarray(8));
  assert.equal(record.productId, 0x0002);
  assert.equal(record.deviceNumber, 2, 'another enumeration, another address');
});

test('REQ-OTA-USB-02 a unit that is pulled out ends its connection at once', () => {
  const bench = openTestBench();
  const connection = connect(exportUnits(bench));
  importUnit(connection);
  bench.bus.unplug('1-4');
  assert.equal(connection.hungUp(), 'the unit has left the bus');
});

test('REQ-OTA-USB-02 the first request at address 0 on a configured unit is its bus reset: DETACH without willDetach ends in DFU mode', async () => {
  const bench = openTestBench({ attributes: 0x07 });
  const connection = connect(exportUnits(bench));
  const deviceId = importUnit(connection);
  const send = async (sequence: number, toHost: boolean, setup: string): Promise<void> => {
    connection.session.receive(submit({ sequence, deviceId, toHost, setup }));
    await turns();
  };
  await send(1, true, FIRST_AT_ADDRESS_0);
  assert.equal(connection.hungUp(), undefined, 'enumeration is no reset');
  await send(2, false, SET_CONFIGURATION_1);
  await send(3, false, DETACH);
  assert.equal(connection.hungUp(), undefined, 'it waits for the reset');
  await send(4, true, FIRST_AT_ADDRESS_0);
  assert.equal(connection.hungUp(), 'the unit has left the bus');
  await bench.bus.settle();
  assert.equal(bench.unit('VU-0001').mode, 'dfu');
});

test('a bus reset that changes nothing leaves the unit attached, and its request is answered', async () => {
  const bench = openTestBench();
  const connection = connect(exportUnits(bench));
  const deviceId = importUnit(connection);
  for (const [sequence, toHost, setup] of [
    [1, false, SET_CONFIGURATION_1],
    [2, true, FIRST_AT_ADDRESS_0],
  ] as const) {
    connection.session.receive(submit({ sequence, deviceId, toHost, setup }));
    await turns();
  }
  assert.equal(connection.hungUp(), undefined);
  assert.deepEqual(readReply(connection.take().subarray(48)), { command: 3, sequence: 2, status: 0, lenBytes: 18 });
});

test('a transfer that hangs is given up by UNLINK: no answer comes for it, and the next one is served', async () => {
  const bench = openTestBench();
  const connection = connect(exportUnits(bench));
  const deviceId = importUnit(connection);
  bench.unit('VU-0001').arm({ kind: 'timeout', transfer: 'GETSTATE', nth: 1 });
  connection.session.receive(submit({ sequence: 5, deviceId, toHost: true, setup: GETSTATE }));
  connection.session.receive(submit({ sequence: 6, deviceId, toHost: true, setup: GETSTATE }));
  await turns();
  assert.equal(connection.take().length, 0);
  connection.session.receive(unlink(7, deviceId, 5));
  await turns();
  const replies = connection.take();
  assert.deepEqual(readReply(replies), { command: 4, sequence: 7, status: -104, lenBytes: 0 });
  assert.deepEqual(readReply(replies.subarray(48)), { command: 3, sequence: 6, status: 0, lenBytes: 1 });
  connection.session.receive(unlink(8, deviceId, 6));
  assert.equal(readReply(connection.take()).status, 0, 'it was answered before');
});

test('a transfer that waits behind another one can be given up as well', async () => {
  const bench = openTestBench();
  const connection = connect(exportUnits(bench));
  const deviceId = importUnit(connection);
  bench.unit('VU-0001').arm({ kind: 'timeout', transfer: 'GETSTATE', nth: 1 });
  for (const sequence of [1, 2]) {
    connection.session.receive(submit({ sequence, deviceId, toHost: true, setup: GETSTATE }));
  }
  connection.session.receive(unlink(3, deviceId, 2));
  connection.session.receive(unlink(4, deviceId, 1));
  await turns();
  const replies = connection.take();
  assert.equal(replies.length, 96, 'two replies to UNLINK, none to SUBMIT');
  assert.deepEqual(
    [0, 48].map((at) => readReply(replies.subarray(at)).status),
    [-104, -104],
  );
});

test('a host that closes its end leaves the unit powered as it is, in the middle of a download too', async () => {
  const bench = openTestBench();
  const units = exportUnits(bench);
  const first = connect(units);
  const deviceId = importUnit(first);
  first.session.receive(submit({ sequence: 1, deviceId, toHost: false, setup: DETACH }));
  await turns();
  await bench.bus.settle();
  const second = connect(units);
  const dfuId = importUnit(second);
  for (const [sequence, setup, data] of [
    [1, '010b010000000000', new Uint8Array(0)],
    [2, '2101000000000400', new Uint8Array(4)],
  ] as const) {
    second.session.receive(submit({ sequence, deviceId: dfuId, toHost: false, setup, data }));
  }
  second.session.receive(submit({ sequence: 3, deviceId: dfuId, toHost: true, setup: 'a103000000000600' }));
  await turns(15);
  second.session.close();
  const third = connect(units);
  const again = importUnit(third);
  assert.equal(again, dfuId, 'still the same enumeration');
  third.session.receive(submit({ sequence: 1, deviceId: again, toHost: true, setup: GETSTATE }));
  await turns();
  assert.equal(third.take().at(-1), 5, 'dfuDNLOAD-IDLE');
});

test('a message may come in any pieces, and several at once', async () => {
  const bench = openTestBench();
  const connection = connect(exportUnits(bench));
  const whole = Buffer.concat([
    requestImport('1-4'),
    submit({ sequence: 1, deviceId: 0x0001_0001, toHost: true, setup: GETSTATE }),
    submit({ sequence: 2, deviceId: 0x0001_0001, toHost: true, setup: GETSTATE }),
  ]);
  for (const byte of whole) connection.session.receive(Uint8Array.of(byte));
  await turns(10);
  assert.equal(connection.received().length, 320 + 2 * 49);
  const atOnce = connect(exportUnits(openTestBench()));
  atOnce.session.receive(whole);
  await turns(10);
  assert.equal(atOnce.received().length, 320 + 2 * 49);
});

test('a unit that has left while its transfer was given up is seen to leave: nothing is at work that would tell of it later', async () => {
  const bench = openTestBench();
  const units = exportUnits(bench);
  const connection = connect(units);
  const deviceId = importUnit(connection);
  connection.session.receive(submit({ sequence: 1, deviceId, toHost: true, setup: GETSTATE }));
  bench.bus.unplug('1-4');
  assert.equal(connection.hungUp(), undefined, 'the answer that is at work goes out first');
  connection.session.receive(unlink(2, deviceId, 1));
  assert.match(connection.hungUp() ?? '', /left the bus/);
  assert.equal(connection.session.hasUnit, false);
  await turns();
  assert.equal(readReply(connection.take()).status, -104);
  assert.equal(connection.take().length, 0);
});
