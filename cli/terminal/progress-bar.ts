import { paint } from './style.ts';

const BAR_CELLS = 28;
/** The rate is taken over this long, so that it neither jumps nor lags. */
const RATE_WINDOW_MS = 2000;

interface Sample {
  readonly atMs: number;
  readonly doneBytes: number;
}

/** One phase's progress with rate and time left: redrawn in place on a terminal, a line per quarter in a pipe. */
export class ProgressBar {
  readonly #label: string;
  readonly #out: NodeJS.WriteStream;
  #samples: Sample[] = [];
  #lastQuarter = 0;

  constructor(label: string, out: NodeJS.WriteStream = process.stdout) {
    this.#label = label;
    this.#out = out;
  }

  show(doneBytes: number, totalBytes: number, atMs: number): void {
    this.#samples = [...this.#samples.filter((sample) => atMs - sample.atMs <= RATE_WINDOW_MS), { atMs, doneBytes }];
    const text = this.#describe(doneBytes, totalBytes);
    if (this.#out.isTTY) {
      this.#out.write(`\r\x1b[2K${text}`);
      return;
    }
    const quarter = Math.floor((4 * doneBytes) / totalBytes);
    if (quarter > this.#lastQuarter) this.#out.write(`${text}\n`);
    this.#lastQuarter = Math.max(this.#lastQuarter, quarter);
  }

  end(): void {
    if (this.#out.isTTY) this.#out.write('\r\x1b[2K');
  }

  #describe(doneBytes: number, totalBytes: number): string {
    const share = totalBytes === 0 ? 1 : doneBytes / totalBytes;
    const filled = Math.round(share * BAR_CELLS);
    const bar = paint('blue', '█'.repeat(filled)) + paint('gray', '░'.repeat(BAR_CELLS - filled));
    const percent = `${Math.floor(share * 100)} %`.padStart(5);
    return `    ${this.#label.padEnd(8)} ${bar} ${percent}  ${kib(doneBytes)} of ${kib(totalBytes)} KiB${this.#pace(doneBytes, totalBytes)}`;
  }

  #pace(doneBytes: number, totalBytes: number): string {
    const first = this.#samples[0];
    const last = this.#samples.at(-1);
    if (first === undefined || last === undefined || last.atMs - first.atMs < 100) return '';
    const bytesPerMs = (last.doneBytes - first.doneBytes) / (last.atMs - first.atMs);
    if (bytesPerMs <= 0) return '';
    const leftSeconds = Math.ceil((totalBytes - doneBytes) / bytesPerMs / 1000);
    return `  ${Math.round((bytesPerMs * 1000) / 1024)} KiB/s  ${leftSeconds} s left`;
  }
}

function kib(bytes: number): string {
  return String(Math.round(bytes / 1024));
}
