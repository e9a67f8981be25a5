import { Option, type Command } from 'commander';
import { UtcTime } from '../../contract/schema/bundle.ts';
import { JobState } from '../../contract/schema/update-job.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { readAs, readWholeNumber } from '../option-value.ts';
import { listJob } from '../terminal/describe-job.ts';

const readTime = readAs(UtcTime, 'Give a UTC time such as 2026-11-22T00:00:00Z.');

/** update search: the history. */
export function addUpdateSearch(update: Command): void {
  update
    .command('search')
    .argument('[text]', 'beginning of a serial number, work order, asset tag, UDI or product, in any case')
    .addOption(new Option('--state <state...>', 'only jobs in these states').choices(JobState.options).default([]))
    .option('--from <utc>', 'started at this time or later', readTime)
    .option('--to <utc>', 'started before this time', readTime)
    .option('--before <job>', 'the next page: jobs older than this one (its whole id)')
    .option('--limit <n>', 'how many, 1 to 500', readWholeNumber(1, 500), 50)
    .description('search the history of jobs, newest first')
    .action(
      async (
        text: string | undefined,
        options: { state: JobState[]; from?: string; to?: string; before?: string; limit: number },
        command: Command,
      ) => {
        const { state: states, from = null, to = null, before = null, limit } = options;
        await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
          const query = { text: text ?? null, states, from, to, bundleDigest: null, operator: null };
          const found = await run.call('update.search', { ...query, before, limit });
          const { jobs, total, isTotalExact } = found;
          run.print(found, () =>
            [...jobs.map(listJob), `${jobs.length} of ${isTotalExact ? '' : 'more than '}${total}`].join('\n'),
          );
        });
      },
    );
}
