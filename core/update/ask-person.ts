import type { AskPerson } from '../device/update-target.ts';
import type { Clock } from '../ports.ts';
import type { JobLog } from './job-log.ts';
import type { UpdateJob } from './job.ts';
import type { UpdateRepository } from './repository.ts';

export interface AskPersonDeps {
  readonly clock: Clock;
  readonly log: JobLog;
  readonly jobs: Pick<UpdateRepository, 'job'>;
}

/**
 * Writes a request to the person at the bench into a job, and takes it out again: the log then says what was asked for and how long
 * it took. Nothing else of the job changes, so that the step that waits goes on with the job as it had it.
 */
export function askPersonFor(jobId: string, { clock, log, jobs }: AskPersonDeps): AskPerson {
  return (kind, text) => {
    const job = jobs.job(jobId);
    if (job === null) throw new Error(`job ${jobId} asks a person and is not in the database`);
    log.record(job, { attention: { kind, since: clock.now().toISOString(), text } });
    return () => {
      const waiting = jobs.job(jobId);
      if (waiting !== null) forgetRequest(log, waiting);
    };
  };
}

/** A request that outlived the work on its job, after a crash say, is taken out before the work goes on. */
export function forgetRequest(log: JobLog, job: UpdateJob): UpdateJob {
  return job.attention === null ? job : log.record(job, { attention: null });
}
