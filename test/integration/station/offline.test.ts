import assert from 'node:assert/strict';
import dgram from 'node:dgram';
import dns from 'node:dns';
import net from 'node:net';
import { test } from 'node:test';
import { VirtualDepot } from '../../helpers/virtual-depot.ts';

test('REQ-OTA-TLS-02 the whole job opens no socket, and asks no name server', async (t) => {
  const forbid = (what: string) => () => {
    throw new Error(`${what} was called`);
  };
  const watched = [
    t.mock.method(net.Socket.prototype, 'connect', forbid('connect')),
    t.mock.method(net.Server.prototype, 'listen', forbid('listen')),
    t.mock.method(dgram, 'createSocket', forbid('createSocket')),
    t.mock.method(dns, 'lookup', forbid('lookup')),
  ];
  const depot = await VirtualDepot.set(t);
  const job = await depot.update(await depot.approved());
  assert.equal(job.state, 'confirmed');
  for (const { mock } of watched) assert.equal(mock.callCount(), 0);
});
