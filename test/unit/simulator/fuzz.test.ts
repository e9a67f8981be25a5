import assert from 'node:assert/strict';
import fc from 'fast-check';
import test from 'node:test';
import { enterDfuMode, openDevice, openTestBench, SERIAL } from './bench.ts';

const DOCUMENTED = ['endpoint stalled', 'transfer was cancelled', 'device disconnected', 'invalid state', 'Panic'];

const transfers = fc.record({
  direction: fc.constantFrom('in', 'out'),
  requestType: fc.constantFrom('standard', 'class', 'vendor'),
  recipient: fc.constantFrom('device', 'interface', 'endpoint', 'other'),
  request: fc.oneof(
    fc.integer({ min: 0, max: 11 }),
    fc.integer({ min: 0xd0, max: 0xd4 }),
    fc.integer({ min: 0, max: 255 }),
  ),
  value: fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 0xffff })),
  index: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 0xffff }) },
  ),
  lenBytes: fc.constantFrom(0, 1, 6, 8, 64, 100, 4096, 4097, 65_536),
});

test('REQ-OTA-USB-04 random control transfers are rejected only as documented and never change the running slot', async () => {
  const property = fc.asyncProperty(fc.boolean(), fc.array(transfers, { maxLength: 40 }), async (inDfuMode, script) => {
    const bench = openTestBench({ slotBytes: 32 * 1024, confirmedBy: 'station' });
    const { primary } = bench.unit(SERIAL).board.loader;
    const before = Buffer.from(primary.area.read(0, primary.area.sizeBytes));
    let device = inDfuMode ? await enterDfuMode(bench) : await openDevice(bench);
    for (const { direction, lenBytes, ...setup } of script) {
      const transfer =
        direction === 'in'
          ? device.controlTransferIn(setup, lenBytes)
          : device.controlTransferOut(setup, new Uint8Array(lenBytes).fill(0x5a));
      await transfer.catch((error: unknown) => {
        assert.ok(
          error instanceof Error && DOCUMENTED.some((message) => error.message.includes(message)),
          String(error),
        );
      });
      await bench.bus.settle();
      const [current] = await bench.bus.getDevices();
      assert.ok(current !== undefined, 'the unit is still on the bus');
      if (current.handle !== device.handle) device = await openDevice(bench);
    }
    assert.ok(before.equals(primary.area.read(0, primary.area.sizeBytes)));
  });
  await fc.assert(property, { seed: 20_261_122, numRuns: 120, interruptAfterTimeLimit: 2000 });
});
