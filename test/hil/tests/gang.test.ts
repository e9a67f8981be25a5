import assert from 'node:assert/strict';
import { test } from 'node:test';
import { newImage } from '../../integration/device/virtual-station.ts';
import { RealBench } from '../guest/real-bench.ts';
import { stageAndActivate } from '../guest/stage-and-activate.ts';

test('REQ-OTA-USB-03 eight units at once are updated, each to its end', async (t) => {
  const real = await RealBench.start(
    t,
    Array.from({ length: 8 }, () => ({})),
  );
  const positions = (await real.list()).map(({ position }) => position);
  assert.equal(positions.length, 8);
  const counters = await Promise.all(
    positions.map(async (position) => {
      const target = await real.open(position);
      await stageAndActivate(target, newImage);
      const state = await target.readState();
      await target.close();
      return state.ok ? state.value.slots[0]?.counter : state.code;
    }),
  );
  assert.deepEqual(counters, Array(8).fill(2));
});
