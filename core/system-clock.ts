import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { Clock } from './ports.ts';

/**
 * The machine's own clock. A timer of Node may fire almost a millisecond early, since it counts from the loop's last look at the
 * time, and is mostly late by a part of one. So a sleep leaves the last millisecond to turns of the loop, in which everybody
 * else gets theirs, and ends within microseconds of its time, never before it.
 */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  sleep: async (durationMs, signal) => {
    const options = signal ? { signal } : {};
    const endMs = performance.now() + durationMs;
    try {
      do {
        const wholeMs = Math.ceil(endMs - performance.now()) - 1;
        await (wholeMs >= 1 ? delay(wholeMs, undefined, options) : nextTurn(undefined, options));
      } while (performance.now() < endMs);
    } catch (error) {
      // Node rejects with an error of its own, the signal's reason only within it.
      signal?.throwIfAborted();
      throw error;
    }
  },
};
