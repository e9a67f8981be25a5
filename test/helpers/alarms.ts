import type { Alarm } from '../../core/ports.ts';

/** For where nothing hangs: it never rings, and keeps no process alive. */
export const noAlarm: Alarm = () => () => undefined;

/** Alarms that ring by the test's hand. */
export class HandAlarms {
  readonly #set = new Map<object, { readonly durationMs: number; readonly ring: () => void }>();

  readonly alarm: Alarm = (durationMs, ring) => {
    const key = {};
    this.#set.set(key, { durationMs, ring });
    return () => this.#set.delete(key);
  };

  /** Durations of those that were set and neither rang nor were called off. */
  get pendingMs(): readonly number[] {
    return [...this.#set.values()].map(({ durationMs }) => durationMs);
  }

  ringAll(): void {
    const due = [...this.#set.values()];
    this.#set.clear();
    for (const { ring } of due) ring();
  }
}
