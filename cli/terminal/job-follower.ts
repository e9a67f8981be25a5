import type { StationEvent } from '../../contract/events.ts';
import { holdsUnit } from '../../contract/plain/holds-unit.ts';
import type { JobState } from '../../contract/schema/update-job.ts';
import { phaseWords } from './phase-words.ts';
import { ProgressBar } from './progress-bar.ts';
import { mark, paint } from './style.ts';

/** Prints a job as it goes: a line per phase, its checks, a bar inside the long ones. Says nothing where `out` is null. */
export class JobFollower {
  readonly #out: NodeJS.WriteStream | null;
  #state: JobState | null = null;
  #checksShown = 0;
  #askedSince: string | null = null;
  #bar: { readonly phase: string; readonly bar: ProgressBar } | null = null;

  constructor(out: NodeJS.WriteStream | null) {
    this.#out = out;
  }

  show(event: StationEvent): void {
    const out = this.#out;
    if (out === null) return;
    if (event.type === 'job.progress') {
      const bar = this.#barOf(event.phase, out);
      bar.show(event.doneBytes, event.totalBytes, event.atMs);
      return;
    }
    if (event.type !== 'job.written') return;
    this.end();
    for (const check of event.job.checks.slice(this.#checksShown)) {
      out.write(
        `    ${check.passed ? mark.passed() : mark.refused()} ${check.name.padEnd(20)} ${paint('gray', check.detail)}\n`,
      );
    }
    this.#checksShown = event.job.checks.length;
    const { attention, state } = event.job;
    if (attention !== null && attention.since !== this.#askedSince) {
      out.write(`  ${mark.warning()} ${paint('yellow', attention.text)}\n`);
    }
    this.#askedSince = attention?.since ?? null;
    if (state === this.#state) return;
    this.#state = state;
    out.write(
      `  ${mark.working()} ${phaseWords[state]}${holdsUnit(state) ? paint('yellow', '  do not unplug') : ''}\n`,
    );
  }

  #barOf(phase: string, out: NodeJS.WriteStream): ProgressBar {
    if (this.#bar?.phase === phase) return this.#bar.bar;
    this.end();
    const bar = new ProgressBar(phase, out);
    this.#bar = { phase, bar };
    return bar;
  }

  end(): void {
    this.#bar?.bar.end();
    this.#bar = null;
  }
}
