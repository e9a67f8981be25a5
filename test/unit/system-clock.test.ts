import assert from 'node:assert/strict';
import { test } from 'node:test';
import { systemClock } from '../../core/system-clock.ts';

test('REQ-OTA-USB-01 a pause is never shorter than was asked for, also where the loop is behind with its time', async () => {
  for (let round = 0; round < 200; round += 1) {
    // What keeps the loop from looking at the clock makes Node's own timers fire early.
    const busyUntilMs = performance.now() + 0.9;
    while (performance.now() < busyUntilMs);
    const durationMs = 1 + (round % 3);
    const startMs = systemClock.monotonicMs();
    await systemClock.sleep(durationMs);
    const passedMs = systemClock.monotonicMs() - startMs;
    assert.ok(passedMs >= durationMs, `${passedMs} of ${durationMs} ms`);
  }
});

test('REQ-OTA-APP-04 a pause ends with the reason of its signal, be it aborted before or meanwhile', async () => {
  const gone = new Error('gone');
  await assert.rejects(systemClock.sleep(60_000, AbortSignal.abort(gone)), gone);
  const controller = new AbortController();
  const pauses = [systemClock.sleep(60_000, controller.signal), systemClock.sleep(0.5, controller.signal)];
  controller.abort(gone);
  for (const pause of pauses) await assert.rejects(pause, gone);
});
