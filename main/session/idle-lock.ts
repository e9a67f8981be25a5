import type { Clock } from '../../core/ports.ts';
import type { WindowSession } from './window-session.ts';

/** Looks in one idle time, and every how many looks the session is used. */
const LOOKS = 30;
const LOOKS_PER_USE = 10;
const LEAST_LOOK_MS = 500;

/**
 * Locks the window when nobody has touched it for the station's idle time. What counts is a hand at the machine, and not that the page
 * asks for something by itself. Meanwhile the core's session is used in time, also behind the lock: there it is the lock that keeps
 * other hands away, and an order that the operator opened stands. The longest time of a session ends it all the same.
 */
export class IdleLock {
  readonly #clock: Clock;
  readonly #session: WindowSession;
  readonly #useSession: () => Promise<void>;
  readonly #stop = new AbortController();
  #touchedMs: number;
  #looks = 0;

  /** @param useSession lets the core's idle time begin anew; ends the window's session where the core's is over */
  constructor(clock: Clock, session: WindowSession, useSession: () => Promise<void>) {
    this.#clock = clock;
    this.#session = session;
    this.#useSession = useSession;
    this.#touchedMs = clock.monotonicMs();
  }

  /** Somebody pressed a key, moved the mouse or touched the screen. */
  touch(): void {
    this.#touchedMs = this.#clock.monotonicMs();
  }

  /** Looks again and again until it is stopped. */
  async run(): Promise<void> {
    try {
      for (;;) {
        const lookMs = Math.max(LEAST_LOOK_MS, (this.#session.idleMs ?? LOOKS * LEAST_LOOK_MS) / LOOKS);
        await this.#clock.sleep(lookMs, this.#stop.signal);
        await this.look();
      }
    } catch (error) {
      if (!this.#stop.signal.aborted) throw error;
    }
  }

  /** One look: locks, or lets the session go on. */
  async look(): Promise<void> {
    const { idleMs } = this.#session;
    if (idleMs === null) return;
    if (this.#clock.monotonicMs() - this.#touchedMs >= idleMs) this.#session.lock();
    this.#looks += 1;
    if (this.#looks % LOOKS_PER_USE === 0) await this.#useSession();
  }

  stop(): void {
    this.#stop.abort();
  }
}
