import { setImmediate as nextTurn } from 'node:timers/promises';

/** A clock whose sleep takes no time: it moves the clock forward and yields once. */
export class TestClock {
  #wallMs: number;
  #monotonicMs = 0;

  constructor(startIso = '2026-11-22T09:00:00.000Z') {
    this.#wallMs = Date.parse(startIso);
  }

  now(): Date {
    return new Date(this.#wallMs);
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  advance(durationMs: number): void {
    this.#wallMs += durationMs;
    this.#monotonicMs += durationMs;
  }

  /** Sets the wall clock as a person would (it may go back); elapsed time is not touched. */
  setWall(iso: string): void {
    this.#wallMs = Date.parse(iso);
  }

  async sleep(durationMs: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.advance(durationMs);
    await nextTurn();
    signal?.throwIfAborted();
  }
}
