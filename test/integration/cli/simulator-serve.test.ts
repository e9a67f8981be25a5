import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { createConnection, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';
import { systemClock } from '../../../core/system-clock.ts';
import { UsbSpeed } from '../../../simulator/usbip/wire.ts';
import { openVirtualBench } from '../../../simulator/virtual-bench.ts';
import { runCli } from '../../helpers/run-cli.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { readRecord, requestImport, submit } from '../../helpers/usbip-client.ts';
import { startCli } from './started-cli.ts';

/** A port of this machine that nobody has now. */
async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

test('REQ-OTA-USB-02 simulator serve makes units in a new folder, offers them, and after Ctrl-C keeps what a host did to them', async (t) => {
  const folder = join(tempFolder(t), 'bench');
  const port = await findFreePort();
  const serving = startCli(['simulator', 'serve', folder, '--units', '2', '--port', String(port)]);
  await serving.shows(/usbip --tcp-port \d+ attach -r 127\.0\.0\.1 -b 1-1/);

  const socket = createConnection(port, '127.0.0.1');
  socket.write(requestImport('1-2'));
  const [reply] = (await once(socket, 'data')) as [Buffer];
  const { busNumber, deviceNumber, productId } = readRecord(reply.subarray(8));
  assert.equal(productId, 0x0001);
  const left = once(socket, 'end');
  const deviceId = busNumber * 65_536 + deviceNumber;
  socket.write(submit({ sequence: 1, deviceId, toHost: false, setup: '2100e80300000000' }));
  await left;

  serving.kill('SIGINT');
  const ended = await serving.ended;
  assert.equal(ended.code, 0, ended.out + ended.err);
  const kept = openVirtualBench({ clock: systemClock, folder });
  assert.deepEqual([kept.unit('VU-0001').mode, kept.unit('VU-0002').mode], ['application', 'dfu']);
  await kept.close();
});

test('simulator serve makes no units in a folder that holds something else', async (t) => {
  const folder = tempFolder(t);
  writeFileSync(join(folder, 'notes.txt'), 'mine');
  // Nothing can be served, so that the command ends whatever it makes of the folder.
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  t.after(() => holder.close());
  const port = String((holder.address() as AddressInfo).port);
  const run = await runCli(['simulator', 'serve', folder, '--port', port]);
  assert.equal(run.code, 2);
  assert.match(run.err, /is not empty and has no virtual units/);
  assert.deepEqual(readdirSync(folder), ['notes.txt']);
});

test('a port that is taken is an error of the command line which names it, and the folder is let go', async (t) => {
  const folder = tempFolder(t);
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  t.after(() => holder.close());
  const port = String((holder.address() as AddressInfo).port);
  const run = await runCli(['simulator', 'serve', folder, '--units', '1', '--port', port]);
  assert.equal(run.code, 2);
  assert.match(run.err, new RegExp(`Port ${port} of 127\\.0\\.0\\.1 is taken`));
  await openVirtualBench({ clock: systemClock, folder }).close();
});

test('REQ-OTA-USB-02 simulator serve makes units as slow as they are ordered, at the speed of the bus, and refuses a state that DFU has not', async (t) => {
  const folder = tempFolder(t);
  const wrong = await runCli(['simulator', 'serve', folder, '--poll', 'busy=1']);
  assert.equal(wrong.code, 2);
  assert.match(wrong.err, /dfuDNBUSY=10/);
  const port = await findFreePort();
  const times = [
    '--flash',
    'w25q128',
    '--poll',
    'dfuDNBUSY=10',
    '--poll',
    'dfuMANIFEST=200',
    '--transfer-size',
    '1024',
  ];
  const bus = ['--bus', 'high-speed', '--shared-bus'];
  const serving = startCli(['simulator', 'serve', folder, '--units', '1', '--port', String(port), ...bus, ...times]);
  await serving.shows(/attach -r 127\.0\.0\.1 -b 1-1/);
  const socket = createConnection(port, '127.0.0.1');
  socket.write(requestImport('1-1'));
  const [reply] = (await once(socket, 'data')) as [Buffer];
  assert.equal(readRecord(reply.subarray(8)).speed, UsbSpeed.high);
  socket.destroy();
  serving.kill('SIGINT');
  assert.equal((await serving.ended).code, 0);
  const kept = openVirtualBench({ clock: systemClock, folder });
  const { pollTimeoutMs, transferBytes, flashTime } = kept.unit('VU-0001').options;
  assert.deepEqual(pollTimeoutMs, { dfuDNBUSY: 10, dfuMANIFEST: 200 });
  assert.deepEqual([transferBytes, flashTime?.eraseSectorMs], [1024, 45]);
  await kept.close();
});
