import { setImmediate as nextTurn } from 'node:timers/promises';

interface Sleeper {
  readonly untilMs: number;
  readonly wake: () => void;
}

/** A clock for several sleepers at once: time goes on to the next one that is due when nothing else is left to do. */
export class EventClock {
  readonly #lateMs: number;
  #nowMs = 0;
  #sleepers: Sleeper[] = [];

  /** @param lateMs by how much each sleep is longer than it was asked to be */
  constructor(lateMs = 0) {
    this.#lateMs = lateMs;
  }

  now(): Date {
    return new Date(this.#nowMs);
  }

  monotonicMs(): number {
    return this.#nowMs;
  }

  sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((wake, reject) => {
      this.#sleepers.push({ untilMs: this.#nowMs + durationMs + this.#lateMs, wake });
      const giveUp = (): void => {
        // As Node's timers do it: the reason is but its cause.
        reject(new Error('The operation was aborted', { cause: signal?.reason }));
      };
      signal?.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** Runs `work` to its end. */
  async run<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    done.catch(() => undefined);
    await settle();
    while (!isDone) {
      this.#wakeNext();
      await settle();
    }
    return await done;
  }

  #wakeNext(): void {
    const [next] = this.#sleepers.sort((a, b) => a.untilMs - b.untilMs);
    if (next === undefined) throw new Error('everything waits, and not for time');
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== next);
    this.#nowMs = Math.max(this.#nowMs, next.untilMs);
    next.wake();
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await nextTurn();
}
