import type { StationEvent } from '../../contract/events.ts';
import { namePlace } from '../../contract/plain/name-place.ts';
import { holdsUnit } from '../../contract/plain/holds-unit.ts';
import type { BatchBoard, BatchRow } from './batch-board.ts';
import { hasEnded } from './describe-job.ts';
import { describePlace } from './describe-unit.ts';
import { phaseWords } from './phase-words.ts';
import { printable } from './printable.ts';
import type { ProgressOutput } from './progress-bar.ts';
import { mark, paint } from './style.ts';

/** Shows a board as it changes. */
export interface BatchView {
  /** `row` is the one that the event has changed. */
  show(event: StationEvent, row: BatchRow | null): void;
  /** A row that changed without an event. */
  showRow(row: BatchRow): void;
  /** The last look; from now on other things are printed. */
  end(): void;
}

/** The view for what is asked for and for where it is shown: JSON lines, a table that is redrawn, or plain lines. */
export function createBatchView(
  board: BatchBoard,
  out: ProgressOutput,
  wantsJson: boolean,
  nowMs: () => number,
): BatchView {
  if (wantsJson) return new JsonLines(out);
  return out.isTTY === true ? new LiveTable(board, out, nowMs) : new PlainLines(out);
}

/** Twelve times a second is smooth enough; more would only keep the terminal busy. */
const REDRAW_EVERY_MS = 80;
const MOST_COLUMNS = 120;
const columns = { position: 14, serial: 18, phase: 30, percent: 6, rate: 12, left: 9 } as const;

/** One line for each position, redrawn in place. */
class LiveTable implements BatchView {
  readonly #board: BatchBoard;
  readonly #out: ProgressOutput;
  readonly #nowMs: () => number;
  #drawnLines = 0;
  #drawnAtMs = -Infinity;

  constructor(board: BatchBoard, out: ProgressOutput, nowMs: () => number) {
    this.#board = board;
    this.#out = out;
    this.#nowMs = nowMs;
  }

  show(event: StationEvent): void {
    if (event.type === 'job.progress' && this.#nowMs() - this.#drawnAtMs < REDRAW_EVERY_MS) return;
    this.#draw();
  }

  showRow(): void {
    this.#draw();
  }

  end(): void {
    // Where nothing was begun there is nothing to show.
    if (this.#drawnLines > 0) this.#draw();
    this.#drawnLines = 0;
  }

  #draw(): void {
    const width = Math.min(this.#out.columns ?? 80, MOST_COLUMNS) - 1;
    const head = `${'Place'.padEnd(columns.position)}${'Unit'.padEnd(columns.serial)}Phase`;
    const lines = [head.slice(0, width), ...this.#board.rows.map((row) => drawRow(row, width)), ...this.#count(width)];
    const up = this.#drawnLines === 0 ? '' : `\x1b[${this.#drawnLines}A`;
    this.#out.write(`${up}${lines.map((line) => `\x1b[2K${line}\n`).join('')}`);
    this.#drawnLines = lines.length;
    this.#drawnAtMs = this.#nowMs();
  }

  /** Under a standing order a row shows its newest unit only; the sum tells of the others. */
  #count(width: number): string[] {
    if (this.#board.order === null) return [];
    const { jobs } = this.#board;
    const confirmed = jobs.filter(({ state }) => state === 'confirmed').length;
    const other = jobs.filter((job) => hasEnded(job) && job.state !== 'confirmed').length;
    return [`${confirmed} confirmed, ${other} not; plug in the next unit, Ctrl-C ends the order.`.slice(0, width)];
  }
}

/** Below this the words of a phase would say nothing. */
const FEWEST_WORDS = 12;

/** What is coloured is cut before it is coloured: a cut control sequence would paint the rest of the terminal. */
function drawRow(row: BatchRow, width: number): string {
  const { position, serial, progress } = row;
  const { sign, words, style } = describeRow(row);
  const place = fit(describePlace(row.place) || position, columns.position);
  const unit = printable(serial ?? '—')
    .slice(0, columns.serial - 1)
    .padEnd(columns.serial);
  let room = Math.max(0, width - place.length - unit.length - 2);
  let pace = '';
  for (const part of progress === null ? [] : paceOf(progress)) {
    if (room - part.length < (pace === '' ? 0 : FEWEST_WORDS)) break;
    pace += part;
    room -= part.length;
  }
  const phase = printable(words).slice(0, room);
  return `${place}${unit}${sign} ${paint(style, pace === '' ? phase : phase.padEnd(Math.min(room, columns.phase)))}${pace}`;
}

/** Cut so that a space stays behind it, or filled with spaces. */
function fit(text: string, width: number): string {
  return text.slice(0, width - 1).padEnd(width);
}

/** The first is always shown, the others as far as the line has room. */
function paceOf({ percent, rate, left }: NonNullable<BatchRow['progress']>): readonly string[] {
  return [`${percent} %`.padStart(columns.percent), rate.padStart(columns.rate), left.padStart(columns.left)];
}

function describeRow(row: BatchRow): { sign: string; words: string; style: 'green' | 'red' | 'yellow' | 'reset' } {
  const { job, withheld } = row;
  if (withheld !== null) {
    const isDone = withheld.code === 'order.unit-done';
    return isDone
      ? { sign: mark.passed(), words: 'Done already', style: 'green' }
      : { sign: mark.refused(), words: `Not started: ${withheld.reason}`, style: 'red' };
  }
  if (job === null) return { sign: mark.working(), words: 'Waiting for a unit', style: 'reset' };
  if (job.state === 'confirmed') {
    return { sign: mark.passed(), words: `Confirmed, version ${String(job.versionAfter)}`, style: 'green' };
  }
  if (hasEnded(job))
    return { sign: mark.refused(), words: `${phaseWords[job.state]}: ${job.reason ?? ''}`, style: 'red' };
  if (job.attention !== null) return { sign: mark.warning(), words: job.attention.text, style: 'yellow' };
  const hold = holdsUnit(job.state) ? ', do not unplug' : '';
  return { sign: mark.working(), words: `${phaseWords[job.state]}${hold}`, style: 'reset' };
}

/** For pipes and logs: a line for each change, and one for each quarter of a long phase. */
class PlainLines implements BatchView {
  readonly #out: ProgressOutput;
  readonly #said = new Map<string, string>();

  constructor(out: ProgressOutput) {
    this.#out = out;
  }

  show(_event: StationEvent, row: BatchRow | null): void {
    if (row !== null) this.showRow(row);
  }

  showRow(row: BatchRow): void {
    const { position, serial, progress, job } = row;
    const { sign, words } = describeRow(row);
    const quarter = progress === null ? 0 : Math.floor(progress.percent / 25);
    const line =
      progress === null || quarter === 0
        ? `${sign} ${words}`
        : `  ${progress.phase} ${quarter * 25} %${progress.rate === '' ? '' : `  ${progress.rate}  ${progress.left} left`}`;
    const key = `${job?.id ?? ''} ${quarter === 0 ? words : `${progress?.phase ?? ''} ${quarter}`}`;
    if (this.#said.get(position) === key) return;
    this.#said.set(position, key);
    this.#out.write(
      `${namePlace(position, row.place).padEnd(columns.position - 1)} ${printable(serial ?? '—').padEnd(columns.serial - 1)} ${printable(line)}\n`,
    );
  }

  end(): void {
    // Every line stands by itself.
  }
}

/** For machines: the station's events of jobs and orders, one a line, but of a job only what has changed since its last line. */
class JsonLines implements BatchView {
  readonly #out: ProgressOutput;

  constructor(out: ProgressOutput) {
    this.#out = out;
  }

  show(event: StationEvent): void {
    if (event.type === 'job.written') this.#write({ type: event.type, ...brief(event.job) });
    else if (event.type.startsWith('job.') || event.type.startsWith('order.')) this.#write(event);
  }

  showRow({ position, withheld }: BatchRow): void {
    this.#write({ type: 'batch.not-started', position, ...withheld });
  }

  end(): void {
    // The sum is printed by the command.
  }

  #write(line: object): void {
    this.#out.write(`${JSON.stringify(line)}\n`);
  }
}

type JobOfRow = NonNullable<BatchRow['job']>;

/** A job without its checks, which fill pages: `update show` has them. */
export function brief({ id, position, serial, state, attention, versionAfter, code, reason }: JobOfRow): object {
  return { jobId: id, position, serial, state, attention: attention?.text ?? null, versionAfter, code, reason };
}
