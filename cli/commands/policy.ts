import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { PolicyCheck } from '../../contract/schema/policy-change.ts';
import { askProof } from '../ask-proof.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { expectGivenFile } from '../given-file.ts';
import { readWholeNumber } from '../option-value.ts';
import { localTime, mark, shortDigest } from '../terminal/style.ts';

/** policy check, install, show, list. */
export function addPolicy(program: Command): void {
  const policy = program.command('policy').description('rules per product');

  policy
    .command('check')
    .argument('<file>', 'the policy document, JSON')
    .description('what a policy document would change; installs nothing')
    .action(async (path: string, _options: object, command: Command) => {
      expectGivenFile(path);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const checked = await run.call('policy.check', { path: resolve(path) });
        run.print(checked, () => describeCheck(checked));
      });
    });

  policy
    .command('list')
    .description('every version that was installed, newest first')
    .option('--limit <n>', 'how many, 1 to 500', readWholeNumber(1, 500), 50)
    .action(async ({ limit }: { limit: number }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const versions = await run.call('policy.list', { limit });
        run.print(versions, () =>
          versions
            .map(
              ({ digest, product, installedAt, inForce }) =>
                `${shortDigest(digest)}  ${localTime(installedAt)}  ${product}${inForce ? '  in force' : ''}`,
            )
            .join('\n'),
        );
      });
    });

  policy
    .command('install')
    .argument('<file>', 'the policy document, JSON (docs/policy.md)')
    .requiredOption('--reason <text>', 'why the rules change; it is signed and stands in the audit log')
    .description(
      'put a policy document into force (administrator); asks for your password; approvals given under the old one no longer count',
    )
    .action(async (path: string, { reason }: { reason: string }, command: Command) => {
      expectGivenFile(path);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const proof = await askProof(run);
        const installed = await run.call('policy.install', { path: resolve(path), reason, ...proof });
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
    .option('--digest <sha256>', 'this version, in force or not, by its whole digest (see drydock --json policy list)')
    .action(async ({ product, digest }: { product: string; digest?: string }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const shown =
          digest === undefined
            ? await run.call('policy.show', { product })
            : await run.call('policy.version', { digest });
        run.print(shown, () => JSON.stringify(shown.document, null, 2));
      });
    });
}

function describeCheck({ digest, document, inForce, differences, voidsApprovals }: PolicyCheck): string {
  const against = inForce === null ? 'nothing in force' : `${shortDigest(inForce.digest)} in force`;
  const rows = differences.map(
    ({ path, before, after, effect }) =>
      `  ${path.padEnd(32)} ${before ?? '—'} → ${after ?? '—'}${effect === 'other' ? '' : `  (${effect})`}`,
  );
  return [
    `Policy ${shortDigest(digest)} for ${document.product}, against ${against}:`,
    ...(rows.length === 0 ? ['  no difference'] : rows),
    ...(voidsApprovals ? [`${mark.warning()} Approvals that were given no longer count once it is installed.`] : []),
  ].join('\n');
}
