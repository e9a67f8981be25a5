import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises';
import type { Alarm, Clock } from './ports.ts';

/** What has passed between the call and the first look at the time; a timer of one millisecond is still one. */
const CALL_MS = 0.05;

/**
 * The machine's own clock. A timer of Node may fire almost a millisecond early, since it counts from the loop's last look at the
 * time; what is then missing is left to turns of the loop, in which everybody else gets theirs. To end a sleep on time by
 * turns alone was measured as well: on a busy machine a process that never rests is made to wait for longer.
 */
export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  sleep: async (durationMs, signal) => {
    const options = signal ? { signal } : {};
    const endMs = performance.now() + durationMs;
    try {
      do {
        const wholeMs = Math.floor(endMs - performance.now() + CALL_MS);
        await (wholeMs >= 1 ? delay(wholeMs, undefined, options) : nextTurn(undefined, options));
      } while (performance.now() < endMs);
    } catch (error) {
      // Node rejects with an error of its own, the signal's reason only within it.
      signal?.throwIfAborted();
      throw error;
    }
  },
};

/** A timer of the machine. It keeps the process alive until it rings or is called off. */
export const systemAlarm: Alarm = (durationMs, ring) => {
  const timer = setTimeout(ring, durationMs);
  return () => clearTimeout(timer);
};
