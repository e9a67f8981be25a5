import { randomUUID } from 'node:crypto';
import { accept, refuse, RefusalError, type Result } from '../../contract/result.ts';
import type { DeviceBench } from '../device/update-target.ts';
import type { UpdateJob, JobRequest } from './job.ts';
import type { JobLog } from './job-log.ts';
import type { Preflight } from './preflight.ts';
import type { UpdateRepository } from './repository.ts';
import { activateImage } from './steps/activate.ts';
import { resumeActivation } from './steps/resume-activation.ts';
import { settleOutcome } from './steps/settle.ts';
import { stageImage } from './steps/stage.ts';
import { CancelledByOperator, type PhaseProgress, type Plan, type StepContext } from './steps/step.ts';
import { isClosed, mayMove } from './transitions.ts';
import type { Clock } from '../ports.ts';

export interface EngineDeps {
  readonly clock: Clock;
  readonly bench: DeviceBench;
  readonly jobs: UpdateRepository;
  readonly log: JobLog;
  readonly preflight: Preflight;
  readonly progress: (progress: PhaseProgress) => void;
}

/**
 * Brings jobs from their request to their end, one per bench position. The job row and its events are the only memory: after a
 * crash the engine reads the row and the unit and goes on from the table (REQ-OTA-APP-04).
 */
export class UpdateEngine {
  readonly #deps: EngineDeps;
  readonly #running = new Map<string, { readonly abort: AbortController; readonly done: Promise<Result<UpdateJob>> }>();

  constructor(deps: EngineDeps) {
    this.#deps = deps;
  }

  /** Opens a job and starts to work on it. Refuses with `update.position-busy` where another open job holds the position. */
  start(request: Omit<JobRequest, 'id'>): Result<UpdateJob> {
    const open = this.#deps.jobs.jobs({ open: true, limit: 1000 }).find((job) => job.position === request.position);
    if (open) {
      return refuse(
        'update.position-busy',
        `Position ${request.position} is held by job ${open.id} (${open.state}); resume or end that job first.`,
        { job: open.id },
      );
    }
    const job = this.#deps.log.open({ id: randomUUID(), ...request });
    this.#run(job);
    return accept(job);
  }

  /** Goes on with a job that was interrupted or is indeterminate. */
  resume(jobId: string): Result<UpdateJob> {
    const found = this.#openJob(jobId);
    if (!found.ok) return found;
    this.#run(found.value);
    return found;
  }

  /** Puts the old firmware back on a unit that runs the new one on trial, and ends the job as reverted. */
  revert(jobId: string): Result<UpdateJob> {
    const found = this.#openJob(jobId);
    if (!found.ok) return found;
    if (!mayMove(found.value.state, 'reverting')) {
      return refuse('update.not-on-trial', `Job ${jobId} is ${found.value.state}; only a test boot can be put back.`);
    }
    this.#run(found.value, true);
    return found;
  }

  /** Stops a job before its activation. From `activating` on a job must be brought to its end. */
  async cancel(jobId: string): Promise<Result<UpdateJob>> {
    const running = this.#running.get(jobId);
    const job = this.#deps.jobs.job(jobId);
    if (job === null) return refuse('update.job-unknown', `There is no job ${jobId}.`);
    if (!mayMove(job.state, 'cancelled')) {
      return refuse('update.not-cancellable', `Job ${jobId} is ${job.state} and can no longer be cancelled.`);
    }
    if (running) {
      running.abort.abort(new CancelledByOperator());
      return running.done;
    }
    return accept(this.#deps.log.move(job, 'cancelled', cancelledByOperator));
  }

  /** Resolves when nobody works on the job any more, with the job as it then stands. */
  async settled(jobId: string): Promise<Result<UpdateJob>> {
    const running = this.#running.get(jobId);
    if (running) return running.done;
    const job = this.#deps.jobs.job(jobId);
    return job === null ? refuse('update.job-unknown', `There is no job ${jobId}.`) : accept(job);
  }

  /** Ends work on every job, so that the station can close; each stays resumable. */
  async stop(): Promise<void> {
    for (const { abort } of this.#running.values()) abort.abort(new Error('the station is closing'));
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  #openJob(jobId: string): Result<UpdateJob> {
    const job = this.#deps.jobs.job(jobId);
    if (job === null) return refuse('update.job-unknown', `There is no job ${jobId}.`);
    if (isClosed(job.state)) return refuse('update.job-closed', `Job ${jobId} ended as ${job.state}.`);
    if (this.#running.has(jobId)) return refuse('update.job-running', `Job ${jobId} is being worked on right now.`);
    return accept(job);
  }

  #run(job: UpdateJob, putBack = false): void {
    const abort = new AbortController();
    const done = this.#drive(job, abort.signal, putBack).finally(() => this.#running.delete(job.id));
    this.#running.set(job.id, { abort, done });
  }

  /** Never rejects: what goes wrong stands in the job, or in the refusal where not even the job could be written. */
  async #drive(job: UpdateJob, signal: AbortSignal, putBack: boolean): Promise<Result<UpdateJob>> {
    try {
      const opened = await this.#deps.bench.open(job.position);
      if (!opened.ok) return accept(this.#endWithoutUnit(job, opened.code, opened.reason));
      const { target, profile } = opened.value;
      try {
        const { clock, log, progress } = this.#deps;
        return accept(await this.#work({ clock, log, target, profile, progress, signal, putBack }, job));
      } finally {
        await target.close();
      }
    } catch (error) {
      return this.#endUnexpected(job.id, error);
    }
  }

  async #work(context: StepContext, job: UpdateJob): Promise<UpdateJob> {
    const checked = await this.#deps.preflight.run(context, job);
    if (checked.plan === null) return checked.job;
    return this.#steps(context, checked.plan, checked.job);
  }

  async #steps(context: StepContext, plan: Plan, start: UpdateJob): Promise<UpdateJob> {
    let job = start;
    if (job.state === 'ready' || job.state === 'staging') job = await stageImage(context, plan, job);
    if (job.state === 'staged') job = await activateImage(context, plan, job);
    else if (job.state === 'activating') job = await resumeActivation(context, plan, job);
    const unsettled = job.state === 'testing' || job.state === 'confirming' || job.state === 'reverting';
    // A job that has just become indeterminate waits for a person; one that was resumed as such looks at the unit again.
    if (unsettled || (job.state === 'indeterminate' && start.state === 'indeterminate')) {
      job = await settleOutcome(context, plan, job);
    }
    return job;
  }

  #endWithoutUnit(job: UpdateJob, code: Parameters<typeof refuse>[0], reason: string): UpdateJob {
    const { log } = this.#deps;
    const change = { checks: [log.check('unit-present', false, reason)], code, reason };
    if (job.state === 'created' || job.state === 'ready') return log.move(job, 'refused', change);
    // The unit is not there to be asked; the job stays as it is and can be resumed when the unit is back.
    return log.record(job, change);
  }

  /** A bug or an I/O fault: the job says so where it still can, and the unit's fate is not guessed. */
  #endUnexpected(jobId: string, error: unknown): Result<UpdateJob> {
    if (error instanceof RefusalError) return error.refusal;
    const reason = `Drydock met an error of its own: ${error instanceof Error ? error.message : 'unknown'}.`;
    const job = this.#deps.jobs.job(jobId);
    if (job === null || isClosed(job.state)) return refuse('update.internal-error', reason);
    const { log } = this.#deps;
    const change = { checks: [log.check('engine', false, reason)], code: 'update.internal-error' as const, reason };
    if (job.state === 'indeterminate') return accept(log.record(job, change));
    return accept(log.move(job, mayMove(job.state, 'indeterminate') ? 'indeterminate' : 'failed', change));
  }
}

const cancelledByOperator = { code: 'update.cancelled', reason: 'An operator cancelled the job.' } as const;
