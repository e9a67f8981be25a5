/** The rate is taken over this long, so that it neither jumps nor lags. */
const RATE_WINDOW_MS = 2000;
/** Below this a rate would be a guess. */
const SHORTEST_RATE_MS = 100;
const KIB = 1024;

interface Sample {
  readonly atMs: number;
  readonly doneBytes: number;
}

/** How fast one phase goes. */
export class Pace {
  #samples: Sample[] = [];

  /** Takes a progress in, and answers how many bytes are done; that never goes back. */
  note(doneBytes: number, totalBytes: number, atMs: number): number {
    const highest = Math.min(totalBytes, Math.max(doneBytes, this.#samples.at(-1)?.doneBytes ?? 0));
    const recent = this.#samples.filter((sample) => atMs - sample.atMs <= RATE_WINDOW_MS);
    this.#samples = [...recent, { atMs, doneBytes: highest }];
    return highest;
  }

  /** Rate and time left, in words; null while they would be a guess. */
  describe(totalBytes: number): { readonly rate: string; readonly left: string } | null {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.atMs - first.atMs < SHORTEST_RATE_MS) return null;
    const bytesPerMs = (last.doneBytes - first.doneBytes) / (last.atMs - first.atMs);
    if (bytesPerMs <= 0) return null;
    const leftSeconds = Math.ceil((totalBytes - last.doneBytes) / bytesPerMs / 1000);
    return { rate: `${Math.round((bytesPerMs * 1000) / KIB)} KiB/s`, left: formatTimeLeft(leftSeconds) };
  }
}

function formatTimeLeft(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
