import assert from 'node:assert/strict';
import test from 'node:test';
import { endOfTransfer, FULL_SPEED } from '../../../../simulator/bus-speed.ts';
import { MessageReader } from '../../../../simulator/usbip/message-reader.ts';
import { readSetup } from '../../../../simulator/usbip/read-setup.ts';
import { ResetWatch } from '../../../../simulator/usbip/reset-watch.ts';
import { readReply, requestList, submit, unlink } from '../../../helpers/usbip-client.ts';
import { openTestBench } from '../bench.ts';
import { connect, exportUnits, importUnit, turns } from './session-bench.ts';

const GETSTATE = 'a105000000000100';
const setupOf = (hex: string) => {
  const setup = readSetup(Buffer.from(hex, 'hex'));
  assert.ok(setup);
  return setup;
};

function attach() {
  const bench = openTestBench();
  const connection = connect(exportUnits(bench));
  return { bench, connection, deviceId: importUnit(connection) };
}

test('a transfer that was given up before its answer gets none', async () => {
  const { connection, deviceId } = attach();
  connection.session.receive(submit({ sequence: 1, deviceId, toHost: true, setup: GETSTATE }));
  connection.session.receive(unlink(2, deviceId, 1));
  await turns();
  assert.equal(connection.take().length, 48, 'the reply to UNLINK alone');
});

test('giving up a transfer that waits does not start the one before it again', async () => {
  const { bench, connection, deviceId } = attach();
  bench.unit('VU-0001').arm({ kind: 'stall', transfer: 'GETSTATE', nth: 2 });
  for (const sequence of [1, 2]) {
    connection.session.receive(submit({ sequence, deviceId, toHost: true, setup: GETSTATE }));
  }
  connection.session.receive(unlink(3, deviceId, 2));
  await turns();
  connection.take();
  connection.session.receive(submit({ sequence: 4, deviceId, toHost: true, setup: GETSTATE }));
  await turns();
  assert.equal(readReply(connection.take()).status, -32, 'it is the second one that the unit has seen');
});

test('REQ-OTA-USB-04 only a first request at address 0 on a configured unit is a bus reset, and only once', () => {
  const watch = new ResetWatch();
  const first = setupOf('8006000100004000');
  assert.equal(watch.sees(first), false);
  watch.sees(setupOf('0009010000000000'));
  assert.equal(watch.sees(setupOf('8006000200004000')), false, 'the configuration descriptor');
  assert.equal(watch.sees(first), true);
  assert.equal(watch.sees(first), false);
  watch.sees(setupOf('0009010000000000'));
  watch.sees(setupOf('0009000000000000'));
  assert.equal(watch.sees(first), false, 'configuration 0 is none');
});

test('REQ-OTA-USB-04 a reserved recipient is no set-up packet, and nothing is read behind a violation', () => {
  assert.equal(readSetup(Buffer.from('2406000100004000', 'hex')), undefined);
  const reader = new MessageReader();
  reader.push(Buffer.from('474554202f204854', 'hex'));
  assert.equal(reader.next()?.kind, 'violation');
  reader.push(requestList());
  assert.equal(reader.next(), undefined);
});

test('a transfer that says by the document that it is not isochronous is one like any other', async () => {
  const { connection, deviceId } = attach();
  const message = Buffer.from(submit({ sequence: 1, deviceId, toHost: true, setup: GETSTATE }));
  message.writeUInt32BE(0xffff_ffff, 32);
  connection.session.receive(message);
  await turns();
  assert.deepEqual([connection.hungUp(), readReply(connection.take()).status], [undefined, 0]);
});

test('REQ-OTA-USB-02 a transaction that fits into a frame to the bit is sent in it, one bit more waits', () => {
  const transfer = { data: new Uint8Array(0), packetBytes: 64, endsShort: false };
  const bits = FULL_SPEED.setupBits + FULL_SPEED.statusBits;
  const end = (frameBits: number) => endOfTransfer({ ...FULL_SPEED, frameBits }, 0, transfer);
  assert.equal(end(bits), 1);
  assert.equal(end(bits - 1), 1 + FULL_SPEED.statusBits / (bits - 1));
});
