import type { Clock } from '../../../core/ports.ts';

/** A clock that jumps to the end of every pause; an input takes no longer than its work. */
export class VirtualTime implements Clock {
  #elapsedMs = 0;

  now(): Date {
    return new Date(this.#elapsedMs);
  }

  monotonicMs(): number {
    return this.#elapsedMs;
  }

  async sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.#elapsedMs += durationMs;
    await Promise.resolve();
    signal?.throwIfAborted();
  }
}
