import type { Command } from 'commander';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { localTime, mark, shortDigest } from '../terminal/style.ts';
import { UsageError } from '../usage-error.ts';
import { findBundle } from './find-bundle.ts';

interface ApproveOptions {
  readonly kind: string;
  readonly serial?: string[];
  readonly workOrder?: string;
  readonly meaning: string;
  readonly reasonCode?: string;
  readonly fromAtMost?: string;
  readonly to?: string;
  readonly because?: string;
}

const kinds = ['install', 'recovery', 'downgrade'] as const;

/** approve: the electronic signature under an installation. */
export function addApprove(program: Command): void {
  program
    .command('approve <digest>')
    .description('sign an approval for an imported bundle with your own key; asks for your password again')
    .option('--kind <kind>', kinds.join(', '), 'install')
    .option('--serial <serial...>', 'only for these units (default: every unit of the product)')
    .option('--work-order <text>', 'only under this work order')
    .option('--meaning <text>', 'what your signature means', 'Approved for installation')
    .option('--reason-code <code>', 'where the policy asks for one')
    .option('--from-at-most <n>', 'downgrade: highest security counter to go back from')
    .option('--to <n>', 'downgrade: security counter to go back to')
    .option('--because <text>', 'downgrade: why')
    .action(async (digest: string, options: ApproveOptions, command: Command) => {
      const kind = kinds.find((candidate) => candidate === options.kind);
      if (kind === undefined)
        throw new UsageError(`"${options.kind}" is no kind of approval; kinds are ${kinds.join(', ')}.`);
      const downgrade = kind === 'downgrade' ? readDowngrade(options) : null;
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const bundle = await findBundle(run, digest);
        const { operator } = await run.call('session.current', {});
        const { product, release } = bundle.manifest;
        if (!run.wantsJson) {
          process.stderr.write(
            `You sign as ${operator.printedName}: "${options.meaning}" — ${product.name} ${release.name} (${shortDigest(bundle.digest)}).\n`,
          );
        }
        const password = await run.answers.secret(`Password of ${operator.username}`);
        const statement = await run.call('approval.sign', {
          request: {
            kind,
            bundleDigest: bundle.digest,
            product: product.id,
            scope: { serials: options.serial ?? '*', workOrder: options.workOrder ?? null },
            meaning: options.meaning,
            reasonCode: options.reasonCode ?? null,
            downgrade,
          },
          password,
        });
        run.print(
          statement,
          () =>
            `${mark.passed()} Signed by ${statement.operator.printedName}, valid until ${localTime(statement.expiresAt)}.`,
        );
      });
    });
}

function readDowngrade({ fromAtMost, to, because }: ApproveOptions) {
  if (fromAtMost === undefined || to === undefined || because === undefined) {
    throw new UsageError('A downgrade approval needs --serial, --from-at-most, --to and --because.');
  }
  return { fromVersionAtMost: Number(fromAtMost), toVersion: Number(to), reason: because };
}
