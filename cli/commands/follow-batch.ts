import type { StationEvent } from '../../contract/events.ts';
import { namePlace } from '../../contract/plain/name-place.ts';
import type { UpdateJobView } from '../../contract/schema/update-job.ts';
import { systemClock } from '../../core/system-clock.ts';
import type { CommandRun } from '../command-run.ts';
import { ExitCode } from '../exit-code.ts';
import { BatchBoard, type BatchRow } from '../terminal/batch-board.ts';
import { createBatchView } from '../terminal/batch-view.ts';
import { describeJob, hasEnded } from '../terminal/describe-job.ts';
import { exitCodeOf } from './follow-job.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** What a batch does, beside being watched. */
export interface BatchWork {
  /** Starts the jobs and resolves when nothing more is to be waited for. `refused` tells of a place that has no job. */
  readonly work: (refused: (row: BatchRow) => void, board: BatchBoard) => Promise<void>;
  /** Ctrl-C first lets what runs come to its end: nothing more is started. */
  readonly drains: boolean;
}

/**
 * Follows several jobs in one view and ends with one exit code. A signal stops them where they can be resumed; under a standing order the
 * first Ctrl-C only ends the order and lets the units that are under way finish. A last one ends the process at once, which jobs
 * survive as well (REQ-OTA-APP-04).
 */
export async function followBatch(run: CommandRun, { work, drains }: BatchWork): Promise<void> {
  const board = new BatchBoard();
  const view = createBatchView(board, process.stdout, run.wantsJson, () => systemClock.monotonicMs());
  const unsubscribe = run.subscribe((event: StationEvent) => view.show(event, board.apply(event)));
  const watch: { stage: 'working' | 'draining' | 'stopping' } = { stage: 'working' };
  let stopped: () => void = () => undefined;
  const stop = new Promise<void>((resolve) => (stopped = resolve));
  const interrupt = (signal: NodeJS.Signals): void => {
    if (watch.stage === 'stopping') process.exit(ExitCode.interrupted);
    watch.stage = watch.stage === 'working' && drains && signal === 'SIGINT' ? 'draining' : 'stopping';
    process.stderr.write(`${watch.stage === 'draining' ? drainingText : stoppingText}\n`);
    // A fault in either is met again, and told, where the command closes the station.
    const ended = watch.stage === 'draining' ? run.drain() : run.closeStation();
    ended.catch(() => undefined).then(stopped, stopped);
  };
  for (const signal of signals) process.on(signal, interrupt);
  try {
    await Promise.race([work((row) => view.showRow(row), board), stop]);
    // Also after the end of an order there may be units under way.
    if (watch.stage !== 'stopping') await run.drain();
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
    unsubscribe();
    view.end();
  }
  conclude(run, board);
}

const drainingText =
  'No further unit is started; those under way go on to their end. Ctrl-C again stops them where they can be resumed.';
const stoppingText = 'Stopping where the jobs can be resumed; a moment. Do not unplug the units.';

function conclude(run: CommandRun, board: BatchBoard): void {
  const { jobs, rows } = board;
  const confirmed = jobs.filter(({ state }) => state === 'confirmed').length;
  const open = jobs.filter((job) => !hasEnded(job)).length;
  const ended = jobs.length - confirmed - open;
  const notStarted = rows.filter(({ withheld }) => withheld !== null && withheld.code !== 'order.unit-done');
  process.exitCode = exitCodeOfBatch(jobs, notStarted.length);
  if (run.wantsJson) {
    const sum = { type: 'batch.ended', confirmed, ended, open, notStarted: notStarted.length };
    process.stdout.write(`${JSON.stringify(sum)}\n`);
    return;
  }
  const others = jobs.filter(({ state }) => state !== 'confirmed');
  const lines = [
    `${jobs.length} ${jobs.length === 1 ? 'unit' : 'units'}: ${confirmed} confirmed, ${ended} ended otherwise, ${open} not ended${notStarted.length === 0 ? '' : `, ${notStarted.length} not started`}.`,
    ...others.map((job) => describeJob(job)),
    ...notStarted.map(
      ({ position, place, withheld }) =>
        `${namePlace(position, place)}: ${withheld?.reason ?? ''}\n  ${withheld?.code ?? ''}`,
    ),
    ...(open === 0 ? [] : [`Resume with: ${run.commandLine('update resume --all')}`]),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** The gravest of all: nobody knows, then stopped, not updated, and refused. */
function exitCodeOfBatch(jobs: readonly UpdateJobView[], notStarted: number): ExitCode {
  const codes = new Set<ExitCode>(jobs.map((job) => (isStopped(job) ? ExitCode.interrupted : exitCodeOf(job))));
  if (notStarted > 0) codes.add(ExitCode.refused);
  const gravest = [ExitCode.indeterminate, ExitCode.interrupted, ExitCode.notUpdated, ExitCode.refused];
  return gravest.find((code) => codes.has(code)) ?? ExitCode.ok;
}

/** Neither ended nor unknown: somebody stopped the work on it. */
function isStopped(job: UpdateJobView): boolean {
  return !hasEnded(job) && job.state !== 'indeterminate';
}
