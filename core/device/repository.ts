import type { BenchPlace } from '../../contract/schema/bench.ts';

/** Where the bench map is kept. Writes belong in a transaction of the caller's. */
export interface BenchRepository {
  places(): readonly BenchPlace[];
  /** All places at once: what is not among them is gone. */
  replacePlaces(places: readonly BenchPlace[]): void;
}
