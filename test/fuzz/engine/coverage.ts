/** Two primitive values that the code under test compared and found different. */
export type ComparedPair = readonly [unknown, unknown];

const maxBranches = 1 << 16;
const maxPairs = 64;
const bucketsPerBranch = 8;

/**
 * Which branches one run takes, and how often: instrumented code (instrument.ts) counts here. Counts are put into buckets (1, 2, 3,
 * 4–7, … 128 and more), so that one more round of a loop is not news for ever.
 */
export class Coverage {
  readonly hits = new Uint32Array(maxBranches);
  #branches = 0;
  #pairs: ComparedPair[] | null = null;
  #stackOverflow: Error | null = null;
  readonly #seen = new Set<number>();

  /** The number of a branch that is about to be instrumented. */
  readonly allocate = (): number => {
    if (this.#branches === maxBranches) throw new Error(`there are more than ${maxBranches} branches to count`);
    return this.#branches++;
  };

  /** Stands in for `===` in instrumented code. */
  readonly isEqual = (a: unknown, b: unknown): boolean => {
    if (a === b) return true;
    if (this.#pairs !== null && typeof a === typeof b && typeof a !== 'object' && this.#pairs.length < maxPairs)
      this.#pairs.push([a, b]);
    return false;
  };

  /** Every `catch` of instrumented code reports here: a stack that ran over is a failure also where it is caught. */
  readonly notice = (error: unknown): void => {
    if (error instanceof RangeError && error.message.startsWith('Maximum call stack')) this.#stackOverflow = error;
  };

  get stackOverflow(): Error | null {
    return this.#stackOverflow;
  }

  /** Branches that any run has taken. */
  get covered(): number {
    return new Set([...this.#seen].map((feature) => Math.floor(feature / bucketsPerBranch))).size;
  }

  get branches(): number {
    return this.#branches;
  }

  begin(tracing: boolean): void {
    this.hits.fill(0, 0, this.#branches);
    this.#pairs = tracing ? [] : null;
    this.#stackOverflow = null;
  }

  /** What the run compared, where it was begun with tracing. */
  pairs(): readonly ComparedPair[] {
    return this.#pairs ?? [];
  }

  /** The branches that the run which has ended took, however often. */
  taken(): number[] {
    const taken: number[] = [];
    for (let branch = 0; branch < this.#branches; branch += 1) if (this.hits[branch] !== 0) taken.push(branch);
    return taken;
  }

  /** Remembers what the run did; answers how much of it no run before has done. */
  learn(): number {
    let fresh = 0;
    for (let branch = 0; branch < this.#branches; branch += 1) {
      const count = this.hits[branch] ?? 0;
      if (count === 0) continue;
      const feature = branch * bucketsPerBranch + bucketOf(count);
      if (this.#seen.has(feature)) continue;
      this.#seen.add(feature);
      fresh += 1;
    }
    return fresh;
  }
}

function bucketOf(count: number): number {
  if (count < 4) return count - 1;
  if (count < 16) return count < 8 ? 3 : 4;
  if (count < 128) return count < 32 ? 5 : 6;
  return 7;
}
