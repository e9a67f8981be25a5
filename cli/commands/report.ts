import { join, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { makeGivenFolder } from '../given-file.ts';
import { CalendarDay } from '../../contract/schema/scan.ts';
import { readAs, readWholeNumber } from '../option-value.ts';
import { groupedDigest, localTime, mark } from '../terminal/style.ts';
import { findJobId } from './find-job.ts';

/** report export, period, list. */
export function addReport(program: Command): void {
  const report = program.command('report').description('signed reports that verify without this station');

  report
    .command('export')
    .argument('<job>', 'the job’s id, or its first digits as drydock update list shows them')
    .description('write a job’s report: PDF for people, JSON for machines, a signature beside each')
    .option('--out <folder>', 'where to; it is made where it is missing', '.')
    .addOption(new Option('--paper <size>', 'size of the PDF’s pages').choices(['A4', 'Letter']).default('A4'))
    .action(async (typed: string, { out, paper }: { out: string; paper: 'A4' | 'Letter' }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const jobId = await findJobId(run, typed);
        makeGivenFolder(out);
        const written = await run.call('report.export', { jobId, folder: resolve(out), paper });
        run.print(written, () =>
          [
            ...written.files.map(({ name }) => `${mark.passed()} ${join(out, name)}`),
            '  Signed by the station key',
            `  ${groupedDigest(written.stationKeySha256)}`,
          ].join('\n'),
        );
      });
    });

  report
    .command('period')
    .argument('<first-day>', 'the first day, UTC, such as 2026-11-01', readAs(CalendarDay))
    .argument('<last-day>', 'the last day, UTC, such as 2026-11-30', readAs(CalendarDay))
    .description('write the report of a period: PDF for people, JSON and CSV for machines, a signature beside each')
    .option('--out <folder>', 'where to; it is made where it is missing', '.')
    .addOption(new Option('--paper <size>', 'size of the PDF’s pages').choices(['A4', 'Letter']).default('A4'))
    .action(
      async (
        firstDay: string,
        lastDay: string,
        { out, paper }: { out: string; paper: 'A4' | 'Letter' },
        command: Command,
      ) => {
        await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
          makeGivenFolder(out);
          const written = await run.call('report.period', { firstDay, lastDay, folder: resolve(out), paper });
          run.print(written, () =>
            [
              ...written.files.map(({ name }) => `${mark.passed()} ${join(out, name)}`),
              `  ${written.jobs} ${written.jobs === 1 ? 'job' : 'jobs'}; signed by the station key`,
              `  ${groupedDigest(written.stationKeySha256)}`,
            ].join('\n'),
          );
        });
      },
    );

  report
    .command('list')
    .description('the reports that were written, newest first')
    .option('--limit <n>', 'how many, 1 to 500', readWholeNumber(1, 500), 50)
    .action(async ({ limit }: { limit: number }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const records = await run.call('report.list', { before: null, limit });
        run.print(records, () =>
          records.length === 0
            ? 'No report was written yet.'
            : records.map(({ at, by, id }) => `${localTime(at)}  ${id}  ${by}`).join('\n'),
        );
      });
    });
}
