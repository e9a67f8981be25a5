import { join, resolve } from 'node:path';
import { Option, type Command } from 'commander';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { makeGivenFolder } from '../given-file.ts';
import { groupedDigest, mark } from '../terminal/style.ts';
import { findJobId } from './find-job.ts';

/** report export. */
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
}
