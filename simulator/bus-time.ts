import type { SimulatorClock } from './clock.ts';

/** What a transfer costs on the wire. */
export interface BusSpeed {
  readonly bytesPerSecond: number;
  readonly perTransferMs: number;
}

/** A full-speed bus as it is in practice: a 4096-byte control transfer takes 4 to 5 ms. */
export const FULL_SPEED: BusSpeed = { bytesPerSecond: 1_000_000, perTransferMs: 0.5 };

/** The wires that a bench can model, by name. */
export const BUS_SPEEDS = { 'full-speed': FULL_SPEED, none: undefined } as const;
export type BusName = keyof typeof BUS_SPEEDS;

/** Makes transfers take the time that a real bus would need. Fractions of a millisecond are saved up, so that rates come out right. */
export class BusTime {
  readonly #speed: BusSpeed;
  readonly #clock: SimulatorClock;
  #owedMs = 0;

  constructor(speed: BusSpeed, clock: SimulatorClock) {
    this.#speed = speed;
    this.#clock = clock;
  }

  async spend(lenBytes: number): Promise<void> {
    this.#owedMs += this.#speed.perTransferMs + (lenBytes * 1000) / this.#speed.bytesPerSecond;
    if (this.#owedMs < 1) return;
    const startMs = this.#clock.monotonicMs();
    await this.#clock.sleep(this.#owedMs);
    this.#owedMs -= this.#clock.monotonicMs() - startMs;
  }
}
