import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ExportedUnits } from '../../../simulator/usbip/exported-units.ts';
import { UsbIpSession } from '../../../simulator/usbip/session.ts';
import { openVirtualBench } from '../../../simulator/virtual-bench.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import { requestImport, requestList, submit, unlink } from '../../helpers/usbip-client.ts';
import type { FuzzTarget } from '../engine/target.ts';

const deviceId = 0x0001_0001;
const imagePublicKey = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  .publicKey.export({ type: 'spki', format: 'pem' })
  .toString();
const opened = requestImport('1-1');

/** Bytes that a USB/IP client sends, in pieces of the first byte's length, to a unit in its boot loader. */
export const target: FuzzTarget = {
  seeds: () =>
    [
      [requestList(), opened, submit({ sequence: 1, deviceId, toHost: true, setup: '8006000100004000' })],
      [
        opened,
        submit({ sequence: 1, deviceId, toHost: false, setup: '0009010000000000' }),
        submit({ sequence: 2, deviceId, toHost: false, setup: '2101000000000400', data: new Uint8Array(4) }),
        submit({ sequence: 3, deviceId, toHost: true, setup: 'a103000000000600' }),
        unlink(4, deviceId, 3),
        submit({ sequence: 5, deviceId, toHost: true, setup: '8006000100004000' }),
      ],
    ].map((messages) => Buffer.concat([Uint8Array.of(200), ...messages])),
  shapes: [],
  dictionary: [Buffer.from('01118003', 'hex'), Buffer.from('01118005', 'hex'), '1-1', Buffer.from('00010001', 'hex')],
  async run(input) {
    const bench = openVirtualBench({
      clock: new TestClock(),
      units: [
        {
          position: '1-1',
          serial: 'VU-0001',
          imagePublicKey,
          slotBytes: 8192,
          sectorBytes: 512,
        },
      ],
    });
    let sentBytes = 0;
    const ends: string[] = [];
    const session = new UsbIpSession({
      units: new ExportedUnits(bench.bus),
      speed: 2,
      send: (reply) => {
        assert.equal(ends.length, 0, 'a reply after the end of the connection');
        sentBytes += reply.length;
      },
      hangUp: (reason) => {
        assert.ok(ends.length === 0 && reason.length > 0 && reason.length < 200);
        ends.push(reason);
      },
    });
    const pieceBytes = Math.max(1, input[0] ?? 1);
    for (let at = 1; at < input.length && ends.length === 0; at += pieceBytes) {
      session.receive(input.subarray(at, at + pieceBytes));
      await nextTurn();
    }
    session.close();
    ends.push('closed by the client');
    for (let turn = 0; turn < 4; turn++) await nextTurn();
    await bench.bus.settle();
    // A reply is at most as long as the room that one command of 48 bytes offers.
    assert.ok(sentBytes <= (input.length / 8 + 1) * 328 + (input.length / 48) * 65_583);
  },
};
