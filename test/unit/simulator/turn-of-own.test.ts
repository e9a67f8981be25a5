import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { provisionUnit } from '../../../simulator/provision.ts';
import { turnOfOwn } from '../../../simulator/turn-of-own.ts';
import { VirtualUsbBus } from '../../../simulator/usb-bus.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import { publicKeyPem } from './bench.ts';

const getDescriptor = { requestType: 'standard', recipient: 'device', request: 6, value: 0x0100, index: 0 } as const;

/** Counts the turns of the event loop, as somebody sees them who is not of the simulator. */
function countTurns(t: TestContext): () => number {
  let turns = 0;
  let next: NodeJS.Immediate;
  const count = (): void => {
    turns += 1;
    next = setImmediate(count);
  };
  count();
  t.after(() => clearImmediate(next));
  return () => turns;
}

async function plugThree(takeTurn?: () => Promise<void>) {
  const clock = new TestClock();
  const bus = new VirtualUsbBus({ clock, ...(takeTurn && { takeTurn }) });
  for (const serial of ['S1', 'S2', 'S3']) {
    bus.plug(`1-${serial[1] ?? ''}`, provisionUnit({ serial, imagePublicKey: publicKeyPem, slotBytes: 65_536 }, clock));
  }
  const devices = await bus.getDevices();
  await Promise.all(devices.map((device) => device.open()));
  return { bus, devices };
}

test('who waits for a turn gets one that nobody else has, and all others get theirs in between', async (t) => {
  const turn = countTurns(t);
  const got = await Promise.all(Array.from({ length: 8 }, () => turnOfOwn().then(turn)));
  assert.equal(new Set(got).size, 8, got.join());
});

for (const [whose, takeTurn, expected] of [
  ['of their own', turnOfOwn, 3],
  ['that they share', undefined, 1],
] as const) {
  test(`REQ-OTA-USB-02 answers of units that were asked together come in turns ${whose}`, async (t) => {
    const { devices } = await plugThree(takeTurn);
    const turn = countTurns(t);
    const got = await Promise.all(
      devices.map(async (device) => {
        await device.controlTransferIn(getDescriptor, 18);
        return turn();
      }),
    );
    assert.equal(new Set(got).size, expected, got.join());
  });
}

test('REQ-OTA-USB-02 a unit that leaves before its turn comes is not given the request', async () => {
  const turn = Promise.withResolvers<undefined>();
  const { bus, devices } = await plugThree(async () => {
    await turn.promise;
  });
  const [device] = devices;
  assert.ok(device);
  const asked = assert.rejects(device.controlTransferIn(getDescriptor, 18), /disconnected/);
  await new Promise(setImmediate);
  const unit = bus.unplug('1-1');
  unit.control = () => assert.fail('asked after it had left');
  turn.resolve(undefined);
  await asked;
});
