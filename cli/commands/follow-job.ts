import type { OperationInput } from '../../contract/operations.ts';
import type { UpdateJobView } from '../../contract/schema/update-job.ts';
import type { CommandRun } from '../command-run.ts';
import { ExitCode } from '../exit-code.ts';
import { describeJob, hasEnded } from '../terminal/describe-job.ts';
import { JobFollower } from '../terminal/job-follower.ts';

/** What a closing terminal, a shell's Ctrl-C and a shutdown send. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Starts or resumes a job, shows it live, and ends with its exit code. A signal closes the station: the job stops where it can be
 * resumed. A second one ends the process at once, which a job survives as well (REQ-OTA-APP-04).
 */
export async function followJob<N extends 'update.start' | 'update.resume' | 'update.revert'>(
  run: CommandRun,
  name: N,
  input: OperationInput<N>,
): Promise<void> {
  const follower = new JobFollower(run.wantsJson ? null : process.stdout);
  const unsubscribe = run.subscribe((event) => follower.show(event));
  const interruption = new AbortController();
  const interrupt = (): void => {
    if (interruption.signal.aborted) process.exit(ExitCode.interrupted);
    interruption.abort();
    follower.end();
    process.stderr.write('Stopping where the job can be resumed; a moment. Do not unplug the unit.\n');
    // A fault in closing is met again, and told, where the command closes the station.
    run.closeStation().catch(() => undefined);
  };
  for (const signal of signals) process.on(signal, interrupt);
  try {
    const { id } = await run.call(name, input);
    const job = await run.call('update.await', { id });
    follower.end();
    run.print(job, () => [describeJob(job), ...resumeHint(run, job)].join('\n'));
    process.exitCode = interruption.signal.aborted && !hasEnded(job) ? ExitCode.interrupted : exitCodeOf(job);
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
    unsubscribe();
  }
}

function resumeHint(run: CommandRun, job: UpdateJobView): string[] {
  return hasEnded(job) ? [] : [`  Resume with: ${run.commandLine(`update resume ${job.id.slice(0, 8)}`)}`];
}

/** What became of a job, as a script is told. */
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
