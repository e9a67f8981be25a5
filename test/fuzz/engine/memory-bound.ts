const mib = 1024 * 1024;
const kib = 1024;

/**
 * Notices an input that takes much memory, even for a moment, and memory that is never given back. Garbage that is still to be
 * collected is neither: before the process is said to keep something, it is collected. Needs `--expose-gc`.
 */
export class MemoryBound {
  readonly #boundMiB: number;
  readonly #liveAtStartMiB: number;
  #peakMiB: number;
  #nextLookMiB: number;

  constructor(boundMiB: number) {
    this.#boundMiB = boundMiB;
    this.#liveAtStartMiB = liveMiB();
    this.#peakMiB = peakMiB();
    this.#nextLookMiB = this.#peakMiB + boundMiB;
  }

  /** Called after every input. */
  check(): void {
    const peak = peakMiB();
    this.#judge(peak - this.#peakMiB, 'grew on this input');
    this.#peakMiB = peak;
    if (peak < this.#nextLookMiB) return;
    this.#nextLookMiB = peak + this.#boundMiB;
    this.#judge(liveMiB() - this.#liveAtStartMiB, 'keeps more than at the start, by now');
  }

  #judge(grownMiB: number, what: string): void {
    if (grownMiB <= this.#boundMiB) return;
    throw new Error(`memory: the process ${what}: ${Math.round(grownMiB)} MiB, ${this.#boundMiB} MiB are allowed`);
  }
}

export function peakMiB(): number {
  return (process.resourceUsage().maxRSS * kib) / mib;
}

function liveMiB(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / mib;
}
