import { paint } from './style.ts';

const MOST_BAR_CELLS = 28;
const FEWEST_BAR_CELLS = 8;
/** Kept free for rate and time left from the start, so that the bar does not change its length when they are known. */
const PACE_COLUMNS = '  9999 KiB/s  999 min left'.length;
/** A wider terminal gets no wider bar; on a narrower one a line that wraps could not be redrawn in place. */
const MOST_COLUMNS = 80;
/** The rate is taken over this long, so that it neither jumps nor lags. */
const RATE_WINDOW_MS = 2000;
/** Below this a rate would be a guess. */
const SHORTEST_RATE_MS = 100;
const KIB = 1024;

interface Sample {
  readonly atMs: number;
  readonly doneBytes: number;
}

/** Where a bar is drawn: standard output, or a test's stand-in. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** One phase's progress with rate and time left: redrawn in place on a terminal, a line per quarter in a pipe. Never goes back. */
export class ProgressBar {
  readonly #label: string;
  readonly #out: ProgressOutput;
  #samples: Sample[] = [];
  #lastQuarter = 0;

  constructor(label: string, out: ProgressOutput = process.stdout) {
    this.#label = label;
    this.#out = out;
  }

  show(doneBytes: number, totalBytes: number, atMs: number): void {
    const highest = Math.min(totalBytes, Math.max(doneBytes, this.#samples.at(-1)?.doneBytes ?? 0));
    const recent = this.#samples.filter((sample) => atMs - sample.atMs <= RATE_WINDOW_MS);
    this.#samples = [...recent, { atMs, doneBytes: highest }];
    const text = this.#describe(highest, totalBytes);
    if (this.#out.isTTY === true) {
      this.#out.write(`\r\x1b[2K${text}`);
      return;
    }
    const quarter = Math.floor(4 * shareOf(highest, totalBytes));
    if (quarter > this.#lastQuarter) this.#out.write(`${text}\n`);
    this.#lastQuarter = Math.max(this.#lastQuarter, quarter);
  }

  end(): void {
    if (this.#out.isTTY === true) this.#out.write('\r\x1b[2K');
  }

  /** Label, bar and percent always; amount and pace as far as the line has room, the bar taking what is left. */
  #describe(doneBytes: number, totalBytes: number): string {
    const share = shareOf(doneBytes, totalBytes);
    const label = `    ${this.#label.padEnd(8)} `;
    const percent = ` ${String(Math.floor(share * 100)).padStart(3)} %`;
    // The last column stays empty: a terminal that has filled it may wrap.
    let room = Math.min(this.#out.columns ?? MOST_COLUMNS, MOST_COLUMNS) - 1 - label.length - percent.length;
    const total = kib(totalBytes);
    const amount = `  ${kib(doneBytes).padStart(total.length)} of ${total} KiB`;
    let tail = '';
    for (const part of [amount, this.#pace(doneBytes, totalBytes).padEnd(PACE_COLUMNS).slice(0, PACE_COLUMNS)]) {
      if (room - part.length < FEWEST_BAR_CELLS) break;
      tail += part;
      room -= part.length;
    }
    const cells = Math.max(0, Math.min(room, MOST_BAR_CELLS));
    const filled = Math.round(share * cells);
    const bar = paint('blue', '█'.repeat(filled)) + paint('gray', '░'.repeat(cells - filled));
    return `${label}${bar}${percent}${tail.trimEnd()}`;
  }

  #pace(doneBytes: number, totalBytes: number): string {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.atMs - first.atMs < SHORTEST_RATE_MS) return '';
    const bytesPerMs = (last.doneBytes - first.doneBytes) / (last.atMs - first.atMs);
    if (bytesPerMs <= 0) return '';
    const leftSeconds = Math.ceil((totalBytes - doneBytes) / bytesPerMs / 1000);
    return `  ${Math.round((bytesPerMs * 1000) / KIB)} KiB/s  ${formatTimeLeft(leftSeconds)} left`;
  }
}

function shareOf(doneBytes: number, totalBytes: number): number {
  return totalBytes <= 0 ? 1 : Math.min(1, doneBytes / totalBytes);
}

function kib(bytes: number): string {
  return String(Math.round(bytes / KIB));
}

function formatTimeLeft(seconds: number): string {
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}
