import { endOfTransfer, type BusSpeed, type WireTransfer } from './bus-speed.ts';
import type { SimulatorClock } from './clock.ts';

/**
 * The wire that one device has for itself, or that several share: the ports of a hub with one transaction translator are one full-speed
 * segment (USB 2.0 §11.14.1.3), those of a hub with a translator for each port are a segment each.
 */
export class BusSegment {
  /** When the last transfer so far is through. */
  freeAtMs = -Infinity;
}

/**
 * Makes the transfers of one device take the time that its wire needs. Waits are coarse and come out late; each transfer begins where the
 * one before it ended on the wire and not where the wait for it did, so that the sum comes out right. On a segment that is shared,
 * transfers take turns whole, in the order in which they were asked for.
 */
export class BusTime {
  readonly #speed: BusSpeed;
  readonly #clock: SimulatorClock;
  readonly #segment: BusSegment;
  /** By how much the host heard of the last transfer after its end on the wire; negative: before. */
  #lateMs = 0;

  constructor(speed: BusSpeed, clock: SimulatorClock, segment = new BusSegment()) {
    this.#speed = speed;
    this.#clock = clock;
    this.#segment = segment;
  }

  /** Resolves when the transfer is through; rejects with the signal's reason where that comes first. */
  async spend(transfer: WireTransfer, signal?: AbortSignal): Promise<void> {
    const startMs = Math.max(this.#clock.monotonicMs() - this.#lateMs, this.#segment.freeAtMs);
    const endMs = endOfTransfer(this.#speed, startMs, transfer);
    this.#segment.freeAtMs = endMs;
    // A timer's grain: what is shorter is added to the next wait.
    const waitMs = Math.floor(endMs - this.#clock.monotonicMs());
    if (waitMs >= 1) await this.#clock.sleep(waitMs, signal);
    this.#lateMs = this.#clock.monotonicMs() - endMs;
  }
}
