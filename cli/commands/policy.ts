import { resolve } from 'node:path';
import type { Command } from 'commander';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { expectGivenFile } from '../given-file.ts';
import { mark, shortDigest } from '../terminal/style.ts';

/** policy install, show. */
export function addPolicy(program: Command): void {
  const policy = program.command('policy').description('rules per product');

  policy
    .command('install')
    .argument('<file>', 'the policy document, JSON (docs/policy.md)')
    .description('put a policy document into force (administrator); approvals given under the old one no longer count')
    .action(async (path: string, _options: object, command: Command) => {
      expectGivenFile(path);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const installed = await run.call('policy.install', { path: resolve(path) });
        run.print(
          installed,
          () =>
            `${mark.passed()} Policy ${shortDigest(installed.digest)} is in force for ${installed.document.product}.`,
        );
      });
    });

  policy
    .command('show')
    .description('the policy in force')
    .option('--product <id>', 'of this product; * is the one for all products without their own', '*')
    .action(async ({ product }: { product: string }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const shown = await run.call('policy.show', { product });
        run.print(shown, () => JSON.stringify(shown.document, null, 2));
      });
    });
}
