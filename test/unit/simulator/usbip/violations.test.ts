import assert from 'node:assert/strict';
import test from 'node:test';
import { requestImport, requestList, submit, unlink } from '../../../helpers/usbip-client.ts';
import { openTestBench } from '../bench.ts';
import { connect, exportUnits, importUnit, turns } from './session-bench.ts';

const GETSTATE = 'a105000000000100';

/** A change to a message at one place. */
function changed(message: Buffer, at: number, hex: string): Buffer {
  const copy = Buffer.from(message);
  Buffer.from(hex, 'hex').copy(copy, at);
  return copy;
}

const operations: readonly (readonly [string, Buffer, RegExp])[] = [
  ['another version', changed(requestList(), 0, '0106'), /version 0x0106/],
  ['an unknown operation', changed(requestList(), 2, '8007'), /operation 0x8007/],
  ['a reply', changed(requestList(), 2, '0005'), /operation 0x0005/],
  ['a status in a request', changed(requestList(), 4, '00000001'), /status 1/],
  ['another protocol', Buffer.from('GET / HTTP/1.1\r\n\r\n'), /version 0x4745/],
];

for (const [what, bytes, reason] of operations) {
  test(`REQ-OTA-USB-04 a USB/IP client that begins with ${what} is cut off, and the reason names it`, () => {
    const connection = connect(exportUnits(openTestBench()));
    connection.session.receive(bytes);
    assert.match(connection.hungUp() ?? '', reason);
    assert.equal(connection.received().length, 0);
    connection.session.receive(requestList());
    assert.equal(connection.received().length, 0, 'nothing is answered after that');
  });
}

test('a bus id without an end, or with anything in it, names no device', () => {
  const connection = connect(exportUnits(openTestBench()));
  const endless = requestImport('').fill(0x31, 8);
  for (const request of [endless, requestImport('../1-4'), requestImport(''), requestImport('1-4 ')]) {
    connection.session.receive(request);
    assert.equal(connection.take().toString('hex'), '0111000300000004');
  }
  assert.equal(connection.hungUp(), undefined);
});

const deviceId = 0x0001_0001;
const good = submit({ sequence: 1, deviceId, toHost: true, setup: GETSTATE });
const commands: readonly (readonly [string, Buffer, RegExp])[] = [
  ['an unknown command', changed(good, 0, '00000003'), /command 3/],
  ['command 0', changed(good, 0, '00000000'), /command 0/],
  ['another device id', submit({ sequence: 1, deviceId: 7, toHost: true, setup: GETSTATE }), /device id 7/],
  ['UNLINK for another device', unlink(1, 7, 1), /device id 7/],
  ['a third direction', changed(good, 12, '00000002'), /direction 2/],
  ['endpoint 16', changed(good, 16, '00000010'), /endpoint 16/],
  ['65,536 bytes', changed(good, 24, '00010000'), /65536 bytes/],
  ['a negative length', changed(good, 24, 'ffffffff'), /4294967295 bytes/],
  ['isochronous packets', changed(good, 32, '00000001'), /isochronous transfer of 1 /],
  [
    'two lengths to send',
    submit({ sequence: 1, deviceId, toHost: false, setup: '2101000000000800', lenBytes: 4 }),
    /4 bytes to send, and 8/,
  ],
  [
    'two directions',
    changed(submit({ sequence: 1, deviceId, toHost: false, setup: 'a105000000000100' }), 12, '00000000'),
    /two directions/,
  ],
];

for (const [what, bytes, reason] of commands) {
  test(`REQ-OTA-USB-04 a USB/IP command with ${what} ends the connection before the unit sees it`, async () => {
    const bench = openTestBench();
    const connection = connect(exportUnits(bench));
    assert.equal(importUnit(connection), deviceId);
    connection.session.receive(bytes);
    await turns();
    assert.match(connection.hungUp() ?? '', reason);
    assert.equal(connection.take().length, 0);
    assert.equal(importUnit(connect(exportUnits(bench))), deviceId, 'the unit is free again');
  });
}

test('REQ-OTA-USB-04 as many transfers as no kernel has, or one number twice, end the connection', () => {
  const bench = openTestBench();
  const units = exportUnits(bench);
  const send = (sequences: readonly number[]): string | undefined => {
    const connection = connect(units);
    importUnit(connection);
    for (const sequence of sequences) {
      connection.session.receive(submit({ sequence, deviceId, toHost: true, setup: GETSTATE }));
    }
    connection.session.close();
    return connection.hungUp();
  };
  assert.equal(send(Array.from({ length: 256 }, (_, index) => index)), undefined);
  assert.match(send(Array.from({ length: 257 }, (_, index) => index)) ?? '', /more than 256/);
  assert.match(send([1, 2, 1]) ?? '', /sequence number 1 twice/);
});
