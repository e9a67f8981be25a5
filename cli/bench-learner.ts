import type { DeviceEvent } from '../contract/events.ts';
import type { BenchPlace } from '../contract/schema/bench.ts';
import type { BenchUnit } from '../contract/schema/device.ts';

export interface LearnerOptions {
  readonly from: number;
  readonly count: number;
  /** Where something was plugged in already when learning began. */
  readonly occupied: readonly string[];
  /** Makes the place known to the station. */
  readonly learn: (number: number, position: string) => Promise<BenchPlace>;
  readonly say: (step: LearnStep) => void;
}

export type LearnStep =
  | { readonly step: 'plug'; readonly number: number }
  | { readonly step: 'learned'; readonly place: BenchPlace; readonly unit: BenchUnit }
  | { readonly step: 'again'; readonly place: BenchPlace }
  | { readonly step: 'occupied'; readonly unit: BenchUnit };

/**
 * Leads a technician along the bench: one unit is plugged in after another, and each port becomes the next place. A port counts
 * once, however often its unit restarts; one at which something stood at the beginning counts when that was unplugged and
 * something is plugged in again.
 */
export class BenchLearner {
  readonly #options: LearnerOptions;
  readonly #learned = new Map<string, BenchPlace>();
  readonly #occupied: Set<string>;
  #next: number;

  constructor(options: LearnerOptions) {
    this.#options = options;
    this.#occupied = new Set(options.occupied);
    this.#next = options.from;
  }

  get places(): readonly BenchPlace[] {
    return [...this.#learned.values()];
  }

  get isDone(): boolean {
    return this.#next >= this.#options.from + this.#options.count;
  }

  begin(): void {
    this.#options.say({ step: 'plug', number: this.#next });
  }

  /** Events in their order, one at a time. */
  async take(event: DeviceEvent): Promise<void> {
    if (this.isDone) return;
    if (event.type === 'device.left') this.#occupied.delete(event.unit.position);
    if (event.type === 'device.arrived') await this.#arrive(event.unit);
  }

  async #arrive(unit: BenchUnit): Promise<void> {
    const { learn, say } = this.#options;
    const known = this.#learned.get(unit.position);
    if (known !== undefined) {
      say({ step: 'again', place: known });
      return;
    }
    if (this.#occupied.has(unit.position)) {
      say({ step: 'occupied', unit });
      return;
    }
    const place = await learn(this.#next, unit.position);
    this.#learned.set(unit.position, place);
    this.#next += 1;
    say({ step: 'learned', place, unit });
    if (!this.isDone) this.begin();
  }
}
