import type { Command } from 'commander';
import type { OperationInput } from '../../contract/operations.ts';
import type { UpdateJobView } from '../../contract/schema/update-job.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { ExitCode } from '../exit-code.ts';
import { JobFollower } from '../terminal/job-follower.ts';
import { localTime, mark, paint } from '../terminal/style.ts';
import { UsageError } from '../usage-error.ts';
import { findBundle } from './find-bundle.ts';

interface StartOptions {
  readonly workOrder: string;
  readonly assetTag?: string;
  readonly udi?: string;
  readonly kind: string;
}

const kinds = ['install', 'recovery', 'downgrade'] as const;

/** update start, resume, revert, cancel, show, list. */
export function addUpdate(program: Command): void {
  const update = program.command('update').description('jobs: one update of one unit each');

  update
    .command('start <position> <digest>')
    .description('install an approved bundle on the unit at a bench position, and follow the job to its end')
    .requiredOption('--work-order <text>')
    .option('--asset-tag <text>')
    .option('--udi <text>', 'unique device identification as scanned')
    .option('--kind <kind>', kinds.join(', '), 'install')
    .action(async (position: string, digest: string, options: StartOptions, command: Command) => {
      const kind = kinds.find((candidate) => candidate === options.kind);
      if (kind === undefined)
        throw new UsageError(`"${options.kind}" is no kind of update; kinds are ${kinds.join(', ')}.`);
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const bundle = await findBundle(run, digest);
        await follow(run, 'update.start', {
          position,
          bundleDigest: bundle.digest,
          kind,
          workOrder: options.workOrder,
          assetTag: options.assetTag ?? null,
          udi: options.udi ?? null,
        });
      });
    });

  for (const [verb, name, what] of [
    ['resume', 'update.resume', 'go on with an interrupted or indeterminate job'],
    ['revert', 'update.revert', 'put the old firmware back on a unit that runs the new one on trial'],
  ] as const) {
    update
      .command(`${verb} <job>`)
      .description(what)
      .action(async (id: string, _options: object, command: Command) => {
        await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), (run) => follow(run, name, { id }));
      });
  }

  update
    .command('cancel <job>')
    .description('give up a job that was not activated yet')
    .action(async (id: string, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const job = await run.call('update.cancel', { id });
        run.print(job, () => describeEnd(job));
      });
    });

  update
    .command('show <job>')
    .description('a job with its checks')
    .action(async (id: string, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const job = await run.call('update.show', { id });
        run.print(job, () =>
          [
            describeEnd(job),
            ...job.checks.map((c) => `  ${c.passed ? mark.passed() : mark.refused()} ${c.name}: ${c.detail}`),
          ].join('\n'),
        );
      });
    });

  update
    .command('list')
    .description('jobs, newest first')
    .option('--serial <serial>', 'of this unit only')
    .option('--open', 'only jobs that have not ended')
    .option('--limit <n>', 'how many', '50')
    .action(async (options: { serial?: string; open?: boolean; limit: string }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const jobs = await run.call('update.list', {
          serial: options.serial ?? null,
          openOnly: options.open === true,
          before: null,
          limit: Number(options.limit),
        });
        run.print(jobs, () =>
          jobs.length === 0
            ? 'No job yet. Start one with: drydock update start <position> <digest> --work-order <text>'
            : jobs
                .map((job) => `${job.id}  ${localTime(job.createdAt)}  ${(job.serial ?? '—').padEnd(16)} ${job.state}`)
                .join('\n'),
        );
      });
    });
}

/** Starts or resumes a job, shows it live, and ends with its exit code. */
async function follow<N extends 'update.start' | 'update.resume' | 'update.revert'>(
  run: CommandRun,
  name: N,
  input: OperationInput<N>,
): Promise<void> {
  const follower = new JobFollower(run.wantsJson ? null : process.stdout);
  const stop = run.subscribe((event) => follower.show(event));
  try {
    const { id } = await run.call(name, input);
    const job = await run.call('update.await', { id });
    follower.end();
    run.print(job, () => describeEnd(job));
    process.exitCode = exitCodeOf(job);
  } finally {
    stop();
  }
}

export function exitCodeOf(job: UpdateJobView): ExitCode {
  switch (job.state) {
    case 'confirmed':
      return ExitCode.ok;
    case 'refused':
      return ExitCode.refused;
    case 'reverted':
    case 'failed':
    case 'cancelled':
      return ExitCode.notUpdated;
    default:
      return ExitCode.indeterminate;
  }
}

function describeEnd(job: UpdateJobView): string {
  const unit = `Unit ${job.serial ?? `at ${job.position}`}`;
  if (job.state === 'confirmed')
    return `${mark.passed()} ${unit} runs version ${String(job.versionAfter)}, confirmed.  ${paint('gray', job.id)}`;
  const why = job.reason === null ? '' : `\n  ${job.reason}\n  ${paint('gray', job.code ?? '')}`;
  return `${mark.refused()} ${unit}: ${job.state}.  ${paint('gray', job.id)}${why}`;
}
