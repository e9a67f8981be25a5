import { resolve } from 'node:path';
import type { Command } from 'commander';
import { makeGivenFolder } from '../given-file.ts';
import { runDemo } from '../demo/run-demo.ts';

/** demo: the main job on two virtual units. */
export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('perform one update from signed bundle to signed report on two virtual units, and show every step')
    .option('--report <folder>', 'where the reports go', 'demo-report')
    .action(async ({ report }: { report: string }) => {
      makeGivenFolder(report);
      await runDemo({ reportFolder: resolve(report) });
    });
}
