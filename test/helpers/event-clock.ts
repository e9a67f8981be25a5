import { setImmediate as nextTurn } from 'node:timers/promises';

/** What is done between two sleeps takes fewer turns of the loop. */
const TURNS_OF_WORK = 64;
const MOST_IDLE = 1000;

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
    for (let idle = 0; !isDone; idle = this.#wakeNext() ? 0 : idle + 1) {
      if (idle > MOST_IDLE) throw new Error('everything waits, and not for time');
      for (let turn = 0; turn < TURNS_OF_WORK; turn += 1) await nextTurn();
    }
    return await done;
  }

  #wakeNext(): boolean {
    const [next] = this.#sleepers.sort((a, b) => a.untilMs - b.untilMs);
    if (next === undefined) return false;
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== next);
    this.#nowMs = Math.max(this.#nowMs, next.untilMs);
    next.wake();
    return true;
  }
}
