import { Option, type Command } from 'commander';
import { ApprovalKind } from '../../contract/schema/policy.ts';
import { ScanText } from '../../contract/schema/update-job.ts';
import { askProof } from '../ask-proof.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { readAs, readPlace, readWholeNumber } from '../option-value.ts';
import { describeJob, listJob } from '../terminal/describe-job.ts';
import { mark } from '../terminal/style.ts';
import { addUpdateBatch } from './update-batch.ts';
import { addUpdateSearch } from './update-search.ts';
import { addUpdateOrder } from './update-order.ts';
import { findBundle } from './find-bundle.ts';
import { findJobId } from './find-job.ts';
import { followJob } from './follow-job.ts';
import { addResume } from './update-resume.ts';

interface StartOptions {
  readonly workOrder: string;
  readonly assetTag?: string;
  readonly udi?: string;
  readonly serial?: string;
  readonly kind: ApprovalKind;
}

const jobArgument = 'the job’s id, or its first digits as the list shows them';
const readScanText = readAs(ScanText, 'Give 1 to 128 printable ASCII characters, as a scanner reads them.');

/** update start, batch, order, resume, revert, cancel, abandon, show, search, list. */
export function addUpdate(program: Command): void {
  const update = program.command('update').description('jobs: one update of one unit each');

  update
    .command('start')
    .argument('<place>', 'where the unit is plugged in: a port path, or the number or name of a place', readPlace)
    .argument('<digest>', 'the approved bundle: its digest, or at least the first 6 digits')
    .description('install an approved bundle on the unit at a bench position, and follow the job to its end')
    .requiredOption(
      '--work-order <text>',
      'under which this is done; an approval may ask for a certain one',
      readScanText,
    )
    .option('--asset-tag <text>', 'the owner’s tag on the unit, as scanned', readScanText)
    .option('--udi <text>', 'unique device identification, as scanned', readScanText)
    .option('--serial <text>', 'of a unit in a ROM boot loader: the serial number on its label', readScanText)
    .addOption(
      new Option('--kind <kind>', 'recovery brings back a unit without firmware; downgrade needs a permit')
        .choices(ApprovalKind.options)
        .default('install'),
    )
    .addHelpText(
      'after',
      `
Ctrl-C stops the job where it can be resumed. Keep the unit plugged in until the job has ended.

Example:
  drydock update start 1-2 06f3d4fd --work-order WO-1 --asset-tag INF-0417`,
    )
    .action(async (position: string, digest: string, options: StartOptions, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const bundle = await findBundle(run, digest);
        await followJob(run, 'update.start', {
          position,
          bundleDigest: bundle.digest,
          kind: options.kind,
          workOrder: options.workOrder,
          assetTag: options.assetTag ?? null,
          udi: options.udi ?? null,
          statedSerial: options.serial ?? null,
        });
      });
    });

  addUpdateBatch(update);
  addUpdateOrder(update);
  addResume(update);

  update
    .command('revert')
    .argument('<job>', jobArgument)
    .description('put the old firmware back on a unit that runs the new one on trial')
    .action(async (typed: string, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) =>
        followJob(run, 'update.revert', { id: await findJobId(run, typed) }),
      );
    });

  update
    .command('cancel')
    .argument('<job>', jobArgument)
    .description('give up a job whose image is not activated yet')
    .action(async (typed: string, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const job = await run.call('update.cancel', { id: await findJobId(run, typed) });
        run.print(job, () => describeJob(job));
      });
    });

  update
    .command('abandon')
    .argument('<job>', jobArgument)
    .description(
      'end a job whose unit will not be heard from again, without saying what it runs; asks for your password',
    )
    .requiredOption('--reason <text>', 'why, as it will stand in the report')
    .action(async (typed: string, { reason }: { reason: string }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const id = await findJobId(run, typed);
        const job = await run.call('update.abandon', { id, reason, ...(await askProof(run)) });
        run.print(job, () => describeJob(job));
      });
    });

  update
    .command('show')
    .argument('<job>', jobArgument)
    .description('a job: what became of the unit, and each check')
    .action(async (typed: string, _options: object, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const job = await run.call('update.show', { id: await findJobId(run, typed) });
        run.print(job, () =>
          [
            describeJob(job),
            ...job.checks.map((c) => `  ${c.passed ? mark.passed() : mark.refused()} ${c.name}: ${c.detail}`),
          ].join('\n'),
        );
      });
    });

  addUpdateSearch(update);

  update
    .command('list')
    .description('jobs, newest first')
    .option('--serial <serial>', 'of this unit only')
    .option('--open', 'only jobs that have not ended')
    .option('--limit <n>', 'how many, 1 to 500', readWholeNumber(1, 500), 50)
    .action(async (options: { serial?: string; open?: boolean; limit: number }, command: Command) => {
      const { serial = null, open: openOnly = false, limit } = options;
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const jobs = await run.call('update.list', { serial, openOnly, before: null, limit });
        const nothing =
          serial !== null || openOnly
            ? `No ${openOnly ? 'open ' : ''}job${serial === null ? '' : ` of unit ${serial}`}.`
            : 'No job yet. Start one with: drydock update start <place> <digest> --work-order <text>';
        run.print(jobs, () => (jobs.length === 0 ? nothing : jobs.map(listJob).join('\n')));
      });
    });
}
