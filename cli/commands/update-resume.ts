import type { Command } from 'commander';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { UsageError } from '../usage-error.ts';
import { findJobId } from './find-job.ts';
import { followBatch } from './follow-batch.ts';
import { followJob } from './follow-job.ts';

/** More open jobs than a bench has places. */
const MOST_OPEN_JOBS = 500;

/** update resume: one job, or all that are open. */
export function addResume(update: Command): void {
  update
    .command('resume')
    .argument('[job]', 'the job’s id, or its first digits as the list shows them')
    .description('resume a job that was interrupted, or whose unit did not answer')
    .option('--all', 'with every open job, all at once')
    .action(async (typed: string | undefined, { all = false }: { all?: boolean }, command: Command) => {
      if (all === (typed !== undefined)) throw new UsageError('Name one job, or give --all.');
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        if (typed === undefined) await resumeAll(run);
        else await followJob(run, 'update.resume', { id: await findJobId(run, typed) });
      });
    });
}

async function resumeAll(run: CommandRun): Promise<void> {
  const jobs = await run.call('update.list', { serial: null, openOnly: true, before: null, limit: MOST_OPEN_JOBS });
  if (jobs.length === 0) {
    run.print([], () => 'No open job.');
    return;
  }
  await followBatch(run, {
    drains: false,
    work: async (refused, board) => {
      const resumed = jobs.map(async (job) => {
        board.apply({ type: 'job.written', job });
        const begun = await run.ask('update.resume', { id: job.id });
        if (begun.ok) await run.ask('update.await', { id: job.id });
        else refused(board.refuse(job.position, begun));
      });
      await Promise.all(resumed);
    },
  });
}
