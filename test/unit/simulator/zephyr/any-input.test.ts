import assert from 'node:assert/strict';
import fc from 'fast-check';
import test from 'node:test';
import { DfuState } from '../../../../core/device/dfu/constants.ts';
import { POSITION } from '../bench.ts';
import { enterDfu, generations, open, openZephyr } from './zephyr-bench.ts';

const DOCUMENTED = /endpoint stalled|transfer was cancelled|device disconnected|alternate setting not found/;
const states: readonly number[] = Object.values(DfuState);

/** What a confused host may do: class requests with any block and length, alternates, bus resets, waiting. */
const actions = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('transfer' as const),
      request: fc.integer({ min: 0, max: 7 }),
      direction: fc.constantFrom('in', 'out'),
      value: fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom(0xffff, 1000)),
      lenBytes: fc.constantFrom(0, 1, 6, 8, 100, 128, 129, 512, 513, 4096),
    }),
  },
  fc.record({ kind: fc.constant('alternate' as const), alternate: fc.integer({ min: 0, max: 3 }) }),
  fc.record({ kind: fc.constant('reset' as const) }),
  fc.record({ kind: fc.constant('wait' as const), durationMs: fc.integer({ min: 0, max: 2000 }) }),
);

type Action = typeof actions extends fc.Arbitrary<infer One> ? One : never;

for (const generation of generations) {
  test(`REQ-OTA-USB-04 zephyr-${generation}: whatever a host sends, the running slot stays, the state is one of DFU 1.1, and a power cycle brings the application back`, async () => {
    const property = fc.asyncProperty(fc.boolean(), fc.array(actions, { maxLength: 40 }), async (inDfuMode, script) => {
      const flashTime = { eraseSectorMs: 30, programPageMs: 2, pageBytes: 256 };
      const zephyr = openZephyr(generation, { flashTime, confirms: 'never' });
      const { primary } = zephyr.unit.board.loader;
      const before = Buffer.from(primary.area.read(0, primary.area.sizeBytes));
      let device = inDfuMode ? await enterDfu(zephyr) : await open(zephyr);
      for (const action of script) {
        await act(action).catch((error: unknown) => assert.match(String(error), DOCUMENTED));
        await zephyr.bench.bus.settle();
        assert.ok(states.includes(zephyr.unit.dfuState));
        const [current] = await zephyr.bench.bus.getDevices();
        assert.ok(current !== undefined, 'the unit is still on the bus');
        if (current.handle !== device.handle) device = await open(zephyr);
      }
      assert.ok(before.equals(primary.area.read(0, primary.area.sizeBytes)));
      zephyr.bench.bus.powerCycle(POSITION);
      assert.equal((await open(zephyr)).productId, 0x0005);

      async function act(action: Action): Promise<unknown> {
        if (action.kind === 'wait') zephyr.clock.advance(action.durationMs);
        if (action.kind === 'reset') await device.reset();
        if (action.kind === 'alternate') await device.selectAlternateInterface(0, action.alternate);
        if (action.kind !== 'transfer') return undefined;
        const { request, value, lenBytes } = action;
        const setup = { requestType: 'class', recipient: 'interface', request, value, index: 0 } as const;
        return action.direction === 'in'
          ? await device.controlTransferIn(setup, lenBytes)
          : await device.controlTransferOut(setup, new Uint8Array(lenBytes).fill(0x5a));
      }
    });
    await fc.assert(property, { seed: 20_261_129, numRuns: 80, interruptAfterTimeLimit: 2000 });
  });
}
