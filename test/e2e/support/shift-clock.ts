/** How far the clocks stand from the machine's, both in milliseconds; timers keep real time. */
export interface ClockShift {
  readonly wallMs: number;
  /** Of `performance.now`, which is never set back. */
  readonly monotonicMs: number;
}

/** Shifts the clocks of the realm it runs in; a second call replaces the first. Its text is sent to other realms, so it uses nothing from outside. */
export function shiftClock({ wallMs, monotonicMs }: ClockShift): void {
  const realm = globalThis as unknown as { unshifted?: { date: DateConstructor; now: () => number } };
  realm.unshifted ??= { date: Date, now: performance.now.bind(performance) };
  const { date, now } = realm.unshifted;
  const shiftedNow = (): number => date.now() + wallMs;
  globalThis.Date = new Proxy(date, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [shiftedNow()] : given, newTarget) as Date,
    get: (target, key) => (key === 'now' ? shiftedNow : (Reflect.get(target, key) as unknown)),
  });
  performance.now = () => now() + monotonicMs;
}
