import type { AuditGrownEvent } from '../../contract/events.ts';
import type { Clock } from '../../core/ports.ts';

/** At most four times a second. */
const LEAST_GAP_MS = 250;

/** Tells that the log has grown as often as a person can follow. The newest length always passes, if need be a moment later. */
export class GrowthGate {
  readonly #clock: Pick<Clock, 'monotonicMs' | 'sleep'>;
  readonly #pass: (event: AuditGrownEvent) => void;
  #passedMs = Number.NEGATIVE_INFINITY;
  #waiting: AuditGrownEvent | null = null;

  constructor(clock: Pick<Clock, 'monotonicMs' | 'sleep'>, pass: (event: AuditGrownEvent) => void) {
    this.#clock = clock;
    this.#pass = pass;
  }

  note(event: AuditGrownEvent): void {
    const isWaiting = this.#waiting !== null;
    this.#waiting = event;
    if (isWaiting) return;
    const leftMs = this.#passedMs + LEAST_GAP_MS - this.#clock.monotonicMs();
    if (leftMs <= 0) this.#passNewest();
    else void this.#clock.sleep(leftMs).then(() => this.#passNewest());
  }

  #passNewest(): void {
    const event = this.#waiting;
    this.#waiting = null;
    this.#passedMs = this.#clock.monotonicMs();
    if (event !== null) this.#pass(event);
  }
}
