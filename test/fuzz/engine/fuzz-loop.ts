import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SeededRandom } from '../../../simulator/seeded-random.ts';
import type { ComparedPair, Coverage } from './coverage.ts';
import { mutate } from './mutate/mutate.ts';
import type { FuzzTarget } from './target.ts';

/** What becomes known while a target runs; `before` is told of each input before the reader sees it. */
export interface LoopObserver {
  before(input: Uint8Array): void;
  /** After each run; throws where the process has grown beyond its bound. */
  after(): void;
  kept(input: Uint8Array): void;
}

interface CorpusEntry {
  readonly input: Uint8Array;
  pairs: readonly ComparedPair[] | null;
}

const defaultMaxLenBytes = 16 * 1024;
const runsBetweenTurns = 64;

/** The coverage-guided loop: an input that took a branch as none before is kept, and mutated in its turn. Same seed, same inputs. */
export class FuzzLoop {
  readonly #target: FuzzTarget;
  readonly #coverage: Coverage;
  readonly #random: SeededRandom;
  readonly #observer: LoopObserver;
  readonly #corpus: CorpusEntry[] = [];
  readonly #dictionary: readonly Uint8Array[];
  #runs = 0;

  constructor(target: FuzzTarget, coverage: Coverage, random: SeededRandom, observer: LoopObserver) {
    this.#target = target;
    this.#coverage = coverage;
    this.#random = random;
    this.#observer = observer;
    this.#dictionary = (target.dictionary ?? []).map((word) => Buffer.from(word));
  }

  get runs(): number {
    return this.#runs;
  }

  get corpusSize(): number {
    return this.#corpus.length;
  }

  /** Runs inputs as they are. Those that add nothing to the coverage of the ones before are not mutated later. */
  async replay(inputs: readonly Uint8Array[]): Promise<void> {
    for (const input of inputs) {
      await this.#run(input, false);
      if (this.#coverage.learn() > 0 || this.#corpus.length === 0) this.#corpus.push({ input, pairs: null });
    }
  }

  /** Runs new mutations until `isOver` says so; asked after every run. Throws what a run throws. */
  async explore(isOver: () => boolean): Promise<void> {
    const maxLenBytes = this.#target.maxLenBytes ?? defaultMaxLenBytes;
    while (!isOver()) {
      const entry = this.#choose();
      const pairs = await this.#comparedBy(entry);
      const { shapes } = this.#target;
      const context = {
        random: this.#random,
        dictionary: this.#dictionary,
        other: () => this.#choose().input,
        pairs,
      };
      const input = mutate(entry.input, { shapes, maxLenBytes }, context);
      await this.#run(input, false);
      if (this.#coverage.learn() > 0) {
        this.#corpus.push({ input: Buffer.from(input), pairs: null });
        this.#observer.kept(input);
      }
    }
  }

  /** Any entry; every second time one of the newest quarter, where the unexplored is near. */
  #choose(): CorpusEntry {
    const count = this.#corpus.length;
    const newest = Math.ceil(count / 4);
    const index = this.#random.below(2) === 0 ? this.#random.below(count) : count - newest + this.#random.below(newest);
    const entry = this.#corpus[index];
    if (entry === undefined) throw new Error('the corpus is empty: replay at least one input first');
    return entry;
  }

  async #comparedBy(entry: CorpusEntry): Promise<readonly ComparedPair[]> {
    if (entry.pairs === null) {
      await this.#run(entry.input, true);
      entry.pairs = this.#coverage.pairs();
    }
    return entry.pairs;
  }

  async #run(input: Uint8Array, tracing: boolean): Promise<void> {
    this.#observer.before(input);
    this.#coverage.begin(tracing);
    const pending = this.#target.run(input);
    if (pending !== undefined) await pending;
    if (this.#coverage.stackOverflow !== null) throw this.#coverage.stackOverflow;
    this.#observer.after();
    this.#runs += 1;
    // Timers, streams and messages to the parent get their turn.
    if (this.#runs % runsBetweenTurns === 0) await nextTurn();
  }
}
