import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { mark, shortDigest } from '../terminal/style.ts';
import { UsageError } from '../usage-error.ts';

/** report export. */
export function addReport(program: Command): void {
  const report = program.command('report').description('signed reports that verify without this station');

  report
    .command('export <job>')
    .description('write a job’s report: PDF for people, JSON for machines, a signature beside each')
    .option('--out <folder>', 'where to', '.')
    .option('--paper <size>', 'A4 or Letter', 'A4')
    .action(async (jobId: string, { out, paper }: { out: string; paper: string }, command: Command) => {
      if (paper !== 'A4' && paper !== 'Letter')
        throw new UsageError(`"${paper}" is no paper size; sizes are A4 and Letter.`);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const folder = resolve(out);
        mkdirSync(folder, { recursive: true });
        const written = await run.call('report.export', { jobId, folder, paper });
        run.print(written, () =>
          [
            ...written.files.map(({ name }) => `${mark.passed()} ${join(folder, name)}`),
            `  Signed by station key ${shortDigest(written.stationKeySha256)}.`,
          ].join('\n'),
        );
      });
    });
}
