import { setImmediate as nextTurn } from 'node:timers/promises';
import { TestClock } from './test-clock.ts';

interface Sleeper {
  readonly dueMs: number;
  readonly wake: () => void;
}

/** Turns of the event loop without anything to do after which everybody is taken to wait for the time to pass. */
const QUIET_TURNS = 6;

/**
 * A clock for many who sleep at once, and who share their time as they do on a real one: it stands still while anybody works, and jumps to the
 * next moment at which somebody wakes. No sleep takes any real time.
 */
export class ConcurrentClock extends TestClock {
  #sleepers: Sleeper[] = [];
  #isDriving = false;

  override async sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve) => {
      const sleeper = { dueMs: this.monotonicMs() + durationMs, wake: resolve };
      this.#sleepers.push(sleeper);
      signal?.addEventListener(
        'abort',
        () => {
          this.#sleepers = this.#sleepers.filter((other) => other !== sleeper);
          resolve();
        },
        { once: true },
      );
      if (!this.#isDriving) void this.#drive();
    });
    signal?.throwIfAborted();
  }

  async #drive(): Promise<void> {
    this.#isDriving = true;
    for (let quiet = 0; this.#sleepers.length > 0;) {
      await nextTurn();
      quiet = isReadingFiles() ? 0 : quiet + 1;
      if (quiet < QUIET_TURNS) continue;
      quiet = 0;
      this.#wakeNext();
    }
    this.#isDriving = false;
  }

  #wakeNext(): void {
    const dueMs = Math.min(...this.#sleepers.map((sleeper) => sleeper.dueMs));
    const next = this.#sleepers.find((sleeper) => sleeper.dueMs === dueMs);
    if (next === undefined) return;
    this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== next);
    this.advance(Math.max(0, dueMs - this.monotonicMs()));
    next.wake();
  }
}

/** The store's files are read on threads: their time is not the clock's. */
function isReadingFiles(): boolean {
  const reading = /^(?:FSReq|FileHandleCloseReq)/;
  return process.getActiveResourcesInfo().some((resource) => reading.test(resource));
}
