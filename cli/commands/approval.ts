import { Option, type Command } from 'commander';
import type { PendingApproval } from '../../contract/schema/approval.ts';
import { ApprovalKind } from '../../contract/schema/policy.ts';
import { askProof } from '../ask-proof.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { printable } from '../terminal/printable.ts';
import { localTime, mark, shortDigest } from '../terminal/style.ts';
import { UsageError } from '../usage-error.ts';
import { findBundle } from './find-bundle.ts';

const mostShown = 100;

/** approval pending, list, withdraw. */
export function addApproval(program: Command): void {
  const approval = program.command('approval').description('approvals that are missing, given, or withdrawn');

  approval
    .command('pending')
    .description('bundles that wait for approvals, and whether you may sign')
    .addOption(new Option('--kind <kind...>', 'approvals for what').choices(ApprovalKind.options).default(['install']))
    .action(async (options: { kind: ApprovalKind[] }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const answer = await run.call('approval.pending', { kinds: options.kind, limit: mostShown });
        run.print(answer, () => {
          if (answer.pending.length === 0) return 'Nothing waits for approval.';
          const more = answer.omitted === 0 ? [] : [`… and ${answer.omitted} more`];
          return [...answer.pending.map(describePending), ...more].join('\n');
        });
      });
    });

  approval
    .command('list')
    .argument('<digest>', 'the bundle: its digest, or at least the first 6 digits')
    .description('approvals that were signed for a bundle')
    .action(async (digest: string, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const bundle = await findBundle(run, digest);
        const approvals = await run.call('approval.list', { bundleDigest: bundle.digest });
        const withdrawals = await run.call('approval.withdrawals', { bundleDigest: bundle.digest });
        run.print({ approvals, withdrawals }, () =>
          approvals
            .map(({ id, kind, operator, signedAt, expiresAt }) => {
              const back = withdrawals.find((withdrawal) => withdrawal.approval === id);
              const fate =
                back === undefined
                  ? `until ${localTime(expiresAt)}`
                  : `withdrawn ${localTime(back.withdrawnAt)}: ${printable(back.reason)}`;
              return `${id.slice(0, 8)}  ${kind.padEnd(9)} ${operator.printedName}, ${localTime(signedAt)}, ${fate}`;
            })
            .join('\n'),
        );
      });
    });

  approval
    .command('withdraw')
    .argument('<digest>', 'the bundle: its digest, or at least the first 6 digits')
    .argument('<approval>', 'the approval’s id, or its first digits as approval list shows them')
    .requiredOption('--reason <text>', 'why')
    .description(
      'withdraw your own approval, so that nothing is activated under it any more; asks for your password again',
    )
    .action(async (digest: string, typed: string, { reason }: { reason: string }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const bundle = await findBundle(run, digest);
        const matching = (await run.call('approval.list', { bundleDigest: bundle.digest })).filter(({ id }) =>
          id.startsWith(typed.toLowerCase()),
        );
        const [found] = matching;
        if (found === undefined || matching.length > 1)
          throw new UsageError(`"${typed}" names ${matching.length} approvals of this bundle; it must be one.`);
        const withdrawn = await run.call('approval.withdraw', {
          approval: found.id,
          reason,
          ...(await askProof(run)),
        });
        run.print(withdrawn, () => `${mark.passed()} Your approval of ${localTime(found.signedAt)} is withdrawn.`);
      });
    });
}

function describePending(pending: PendingApproval): string {
  const { bundleDigest, product, release, kind, given, required, approvals, mayNotSign, until } = pending;
  const signers = approvals.map(({ operator }) => operator.printedName).join(', ');
  return [
    `${shortDigest(bundleDigest)}  ${printable(product.name)}, release ${printable(release)}: ${kind}, ${given} of ${required} approvals${signers === '' ? '' : ` (${signers})`}`,
    `          ${mayNotSign === null ? 'you may sign: drydock approve' : printable(mayNotSign.reason)}; the bundle expires ${localTime(until)}`,
  ].join('\n');
}
