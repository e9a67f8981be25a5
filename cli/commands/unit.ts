import type { Command } from 'commander';
import type { JobLine, UnitKey, UnitLife, UnitLine } from '../../contract/schema/job-history.ts';
import { CommandRun, type GlobalOptions } from '../command-run.ts';
import { readWholeNumber } from '../option-value.ts';
import { listJob } from '../terminal/describe-job.ts';
import { printable } from '../terminal/printable.ts';
import { localTime } from '../terminal/style.ts';
import { UsageError } from '../usage-error.ts';

/** unit list, show. */
export function addUnit(program: Command): void {
  const unit = program.command('unit').description('units that this station has seen, and what became of them');

  unit
    .command('list')
    .argument('[serial]', 'only those whose serial number begins so')
    .option('--product <id>', 'of this product only')
    .option('--limit <n>', 'how many, 1 to 500', readWholeNumber(1, 500), 50)
    .description('units by serial number, with their last job')
    .action(async (serial: string | undefined, options: { product?: string; limit: number }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const { product = null, limit } = options;
        const units = await run.call('unit.list', { text: serial ?? null, product, after: null, limit });
        run.print(units, () => (units.length === 0 ? 'No such unit.' : units.map(describeLine).join('\n')));
      });
    });

  unit
    .command('show')
    .argument('<serial>', 'the whole serial number')
    .option('--product <id>', 'needed where several products have a unit of this number')
    .description('one unit: its jobs, the highest version that was confirmed, the approvals, and clones that were seen')
    .action(async (serial: string, { product }: { product?: string }, command: Command) => {
      await CommandRun.with(command.optsWithGlobals<GlobalOptions>(), async (run) => {
        const key = product === undefined ? await findUnit(run, serial) : { product, serial };
        const life = await run.call('unit.show', key);
        run.print(life, () => describeLife(life));
      });
    });
}

async function findUnit(run: CommandRun, serial: string): Promise<UnitKey> {
  const units = await run.call('unit.list', { text: serial, product: null, after: null, limit: 500 });
  const [found, ...others] = units.filter((unit) => unit.serial === serial);
  if (found === undefined) throw new UsageError(`There is no unit "${serial}"; drydock unit list shows them.`);
  if (others.length === 0) return { product: found.product, serial };
  const products = [found, ...others].map((unit) => unit.product).join(', ');
  throw new UsageError(`Several products have a unit "${serial}": ${products}. Give --product.`);
}

function describeLine({ serial, product, jobs, highestConfirmed, lastJob }: UnitLine): string {
  const version = highestConfirmed === null ? '—' : String(highestConfirmed.version);
  return `${printable(serial).padEnd(20)} ${printable(product).padEnd(28)} highest ${version.padEnd(6)} ${jobs} jobs, last ${localTime(lastJob.createdAt)}: ${lastJob.state}`;
}

function describeLife({ serial, product, highestConfirmed, jobs, jobsOmitted, clonesSeen }: UnitLife): string {
  return [
    `Unit ${printable(serial)} of ${printable(product)}`,
    highestConfirmed === null
      ? '  no version was ever confirmed here'
      : `  highest version confirmed: ${highestConfirmed.version}, ${localTime(highestConfirmed.at)}`,
    ...clonesSeen.map(
      ({ at, positions }) => `  another unit with this number stood at ${positions.join(', ')}, ${localTime(at)}`,
    ),
    ...jobs.map((job) => `${describeJobLine(job)}${describeApprovals(job.approvals)}`),
    ...(jobsOmitted === 0 ? [] : [`… and ${jobsOmitted} older jobs`]),
  ].join('\n');
}

function describeApprovals(approvals: UnitLife['jobs'][number]['approvals']): string {
  return approvals.length === 0 ? '' : `, approved by ${approvals.map(({ printedName }) => printedName).join(', ')}`;
}

/** As in any list of jobs, with what a unit's own list needs beside it. */
function describeJobLine(job: JobLine): string {
  const kind = job.kind === 'install' ? '' : ` (${job.kind})`;
  const version = job.versionAfter === null ? '' : `, version ${job.versionAfter}`;
  return `${listJob(job)}${kind}${version}, ${printable(job.workOrder)}`;
}
