import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import test, { type TestContext } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { serveUsbIp, type UsbIpServer } from '../../../simulator/usbip/server.ts';
import { readRecord, requestImport, requestList, submit } from '../../helpers/usbip-client.ts';
import { openVirtualStation } from '../device/virtual-station.ts';

async function serve(t: TestContext, idleMs?: number) {
  const { virtual } = openVirtualStation();
  const reasons: string[] = [];
  const server = await serveUsbIp({
    bus: virtual.bus,
    port: 0,
    onHangUp: (reason) => reasons.push(reason),
    ...(idleMs === undefined ? {} : { idleMs }),
  });
  t.after(() => server.close());
  return { virtual, server, reasons };
}

async function dial(t: TestContext, { address, port }: UsbIpServer): Promise<Socket> {
  const socket = createConnection(port, address);
  t.after(() => socket.destroy());
  await once(socket, 'connect');
  return socket;
}

/** Reads until there are `lenBytes`; rejects where the other side closes before. */
async function readBytes(socket: Socket, lenBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
    const bytes = chunk as Buffer;
    chunks.push(bytes);
    length += bytes.length;
    if (length >= lenBytes) return Buffer.concat(chunks);
  }
  throw new Error(`closed after ${length} of ${lenBytes} bytes`);
}

test('REQ-OTA-USB-02 a client on this machine lists and imports a unit over TCP, and sees it leave by the end of its connection', async (t) => {
  const { virtual, server } = await serve(t);
  const socket = await dial(t, server);
  socket.write(requestList());
  assert.equal(readRecord((await readBytes(socket, 328)).subarray(12)).busId, '1-2.4');
  socket.write(requestImport('1-2.4'));
  const { busNumber, deviceNumber } = readRecord((await readBytes(socket, 320)).subarray(8));
  const deviceId = busNumber * 65_536 + deviceNumber;
  socket.write(submit({ sequence: 1, deviceId, toHost: true, setup: '8006000100001200' }));
  assert.equal((await readBytes(socket, 66)).length, 66);
  const ended = once(socket, 'end');
  virtual.bus.unplug('1-2.4');
  await ended;
});

test('the server listens on the loopback address alone', async (t) => {
  const { server } = await serve(t);
  assert.equal(server.address, '127.0.0.1');
  const outer = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  const other = outer.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '127.0.0.2';
  const socket = createConnection(server.port, other);
  const [error] = (await once(socket, 'error')) as [NodeJS.ErrnoException];
  assert.equal(error.code, 'ECONNREFUSED');
});

test('REQ-OTA-USB-04 a client that speaks something else is disconnected, and the others are served on', async (t) => {
  const { server, reasons } = await serve(t);
  const good = await dial(t, server);
  const bad = await dial(t, server);
  const ended = once(bad, 'close');
  bad.resume();
  bad.write('GET / HTTP/1.1\r\n\r\n');
  await ended;
  assert.match(reasons.join(), /not USB\/IP/);
  good.write(requestList());
  assert.equal((await readBytes(good, 328)).length, 328);
});

test('a closed server has let go of every host', async (t) => {
  const { virtual, server } = await serve(t);
  const socket = await dial(t, server);
  socket.write(requestImport('1-2.4'));
  await readBytes(socket, 320);
  const ended = once(socket, 'close');
  socket.resume();
  await server.close();
  await ended;
  const next = await serveUsbIp({ bus: virtual.bus, port: 0 });
  t.after(() => next.close());
  const again = await dial(t, next);
  again.write(requestImport('1-2.4'));
  assert.equal((await readBytes(again, 320)).length, 320);
});

test('REQ-OTA-USB-04 a connection that imports nothing makes room for others; one that has a unit may be silent', async (t) => {
  const { server } = await serve(t, 30);
  const kernel = await dial(t, server);
  kernel.write(requestImport('1-2.4'));
  const { busNumber, deviceNumber } = readRecord((await readBytes(kernel, 320)).subarray(8));
  const idle = await dial(t, server);
  const closed = once(idle, 'close');
  idle.resume();
  await closed;
  const second = await dial(t, server);
  const closedToo = once(second, 'close');
  second.resume();
  await closedToo;
  const deviceId = busNumber * 65_536 + deviceNumber;
  kernel.write(submit({ sequence: 1, deviceId, toHost: true, setup: '8006000100001200' }));
  assert.equal((await readBytes(kernel, 66)).length, 66, 'after more than its time as well');
});

test('REQ-OTA-USB-04 a client that asks and does not read is cut off, and that is told', async (t) => {
  const { server, reasons } = await serve(t);
  const deaf = await dial(t, server);
  const closed = new Promise((resolve) => deaf.once('close', resolve));
  deaf.on('error', () => undefined);
  const asked = Buffer.concat(Array.from({ length: 60_000 }, () => requestList()));
  deaf.write(asked);
  // Its own writes fail once the server has gone.
  while (!reasons.some((reason) => reason.includes('unread'))) await nextTurn();
  deaf.resume();
  await closed;
});
