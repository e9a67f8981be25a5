import { Pace } from './pace.ts';
import { paint } from './style.ts';

const MOST_BAR_CELLS = 28;
const FEWEST_BAR_CELLS = 8;
/** Kept free for rate and time left from the start, so that the bar does not change its length when they are known. */
const PACE_COLUMNS = '  9999 KiB/s  999 min left'.length;
/** A wider terminal gets no wider bar; on a narrower one a line that wraps could not be redrawn in place. */
const MOST_COLUMNS = 80;
const KIB = 1024;

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
  readonly #pace = new Pace();
  #lastQuarter = 0;

  constructor(label: string, out: ProgressOutput = process.stdout) {
    this.#label = label;
    this.#out = out;
  }

  show(doneBytes: number, totalBytes: number, atMs: number): void {
    const highest = this.#pace.note(doneBytes, totalBytes, atMs);
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
    for (const part of [amount, this.#describePace(totalBytes).padEnd(PACE_COLUMNS).slice(0, PACE_COLUMNS)]) {
      if (room - part.length < FEWEST_BAR_CELLS) break;
      tail += part;
      room -= part.length;
    }
    const cells = Math.max(0, Math.min(room, MOST_BAR_CELLS));
    const filled = Math.round(share * cells);
    const bar = paint('blue', '█'.repeat(filled)) + paint('gray', '░'.repeat(cells - filled));
    return `${label}${bar}${percent}${tail.trimEnd()}`;
  }

  #describePace(totalBytes: number): string {
    const pace = this.#pace.describe(totalBytes);
    return pace === null ? '' : `  ${pace.rate}  ${pace.left} left`;
  }
}

function shareOf(doneBytes: number, totalBytes: number): number {
  return totalBytes <= 0 ? 1 : Math.min(1, doneBytes / totalBytes);
}

function kib(bytes: number): string {
  return String(Math.round(bytes / KIB));
}
