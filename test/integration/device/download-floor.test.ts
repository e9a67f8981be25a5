import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plugUnits } from '../../../bench/dfu/bench-units.ts';
import { makeImage, type Cell } from '../../../bench/dfu/cell.ts';
import { computeFloor } from '../../../bench/dfu/floor.ts';
import { downloadByStation } from '../../../bench/dfu/station-download.ts';
import { EventClock } from '../../helpers/event-clock.ts';

/** The clock of these tests moves only while somebody sleeps: what the station itself costs does not count, what it waits for does. */
async function download(cell: Cell) {
  const clock = new EventClock();
  const image = makeImage(cell.imageBytes);
  const { bus, devices } = plugUnits(cell, clock);
  const handles = await bus.getDevices();
  await clock.run(Promise.all(handles.map((device) => downloadByStation(device, image, clock))));
  return { floor: computeFloor(cell, image), seen: devices.flatMap((device) => device.takeDownloads()) };
}

for (const transferBytes of [64, 1024, 4096]) {
  for (const pollMs of [0, 1, 10]) {
    for (const bus of ['full-speed', 'none'] as const) {
      const title = `REQ-OTA-USB-02 blocks of ${transferBytes} bytes, poll time ${pollMs} ms, bus ${bus}`;
      test(`${title}: the station makes no transfer and no pause that DFU 1.1 does not ask for`, async () => {
        const { floor, seen } = await download({
          part: 'single',
          bus,
          transferBytes,
          pollMs,
          units: 1,
          imageBytes: transferBytes * 32,
        });
        const [only] = seen;
        assert.equal(only?.bytes, transferBytes * 32);
        assert.equal(only.transfers, floor.transfers);
        // The wire's time is waited for in steps of a millisecond.
        assert.ok(
          Math.abs(only.endMs - only.beginMs - floor.ms) <= 1,
          `${only.endMs - only.beginMs} ms, not ${floor.ms}`,
        );
      });
    }
  }
}

test('REQ-OTA-USB-03 eight units on segments of their own are downloaded to in the time of one', async () => {
  const cell: Cell = {
    part: 'gang',
    bus: 'full-speed',
    transferBytes: 4096,
    pollMs: 0,
    units: 8,
    imageBytes: 32 * 4096,
  };
  const { floor, seen } = await download(cell);
  assert.equal(seen.length, 8);
  const spanMs = Math.max(...seen.map(({ endMs }) => endMs)) - Math.min(...seen.map(({ beginMs }) => beginMs));
  assert.ok(spanMs <= floor.ms + 2, `${spanMs} ms for eight, ${floor.ms} ms for one`);
});
