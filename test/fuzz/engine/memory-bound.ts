const mib = 1024 * 1024;
const kib = 1024;

/** Notices when the process has needed more memory, even for a moment, than it had at the start and a bound on top. */
export class MemoryBound {
  readonly #boundMiB: number;
  readonly #atStartMiB: number;

  constructor(boundMiB: number) {
    this.#boundMiB = boundMiB;
    this.#atStartMiB = Math.max(peakMiB(), process.memoryUsage.rss() / mib);
  }

  check(): void {
    const grownMiB = Math.round(peakMiB() - this.#atStartMiB);
    if (grownMiB <= this.#boundMiB) return;
    throw new Error(`memory: the process grew by ${grownMiB} MiB, ${this.#boundMiB} MiB are allowed`);
  }
}

export function peakMiB(): number {
  return (process.resourceUsage().maxRSS * kib) / mib;
}
