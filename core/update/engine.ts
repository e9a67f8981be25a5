import { randomUUID } from 'node:crypto';
import { accept, refuse, RefusalError, type Result } from '../../contract/result.ts';
import { namePlace } from '../../contract/plain/name-place.ts';
import type { OperatorRef } from '../../contract/schema/update-job.ts';
import type { DeviceBench } from '../device/update-target.ts';
import type { Clock } from '../ports.ts';
import { askPersonFor, forgetRequest } from './ask-person.ts';
import {
  cancelledByOperator,
  refuseCancel,
  refuseOtherBench,
  refuseStopping,
  refuseUnknown,
} from './engine-refusals.ts';
import type { InstallRules } from './install-rules.ts';
import type { JobLog } from './job-log.ts';
import type { JobRequest, UpdateJob } from './job.ts';
import { isActivated, type Preflight } from './preflight.ts';
import type { UpdateRepository } from './repository.ts';
import { endWithoutUnit, openUnit } from './open-unit.ts';
import { activateImage } from './steps/activate.ts';
import { resumeActivation } from './steps/resume-activation.ts';
import { settleOutcome } from './steps/settle.ts';
import { endBeforeActivation, stageImage, stopStaged } from './steps/stage.ts';
import { CancelledByOperator, type PhaseProgress, type Plan, type StepContext } from './steps/step.ts';
import { isClosed, mayMove } from './transitions.ts';

export interface EngineDeps {
  readonly clock: Clock;
  readonly bench: DeviceBench;
  readonly jobs: UpdateRepository;
  readonly log: JobLog;
  readonly preflight: Preflight;
  readonly rules: InstallRules;
  readonly progress: (progress: PhaseProgress) => void;
  /** The bench is a virtual one. */
  readonly training: boolean;
}

/** What a person, or a standing order, asks for. */
export type StartRequest = Omit<JobRequest, 'id' | 'training'>;

interface Run {
  readonly abort: AbortController;
  readonly done: Promise<Result<UpdateJob>>;
}

/**
 * Brings jobs from their request to their end, one per bench position. The job row and its events are the only memory: after a
 * crash the engine reads the row and the unit and goes on from the table (REQ-OTA-APP-04). Whoever goes on with a job, ends it or
 * gives it up is named by its events, and held to the same separation of duties as whoever began it.
 */
export class UpdateEngine {
  readonly #deps: EngineDeps;
  readonly #running = new Map<string, Run>();
  #isStopping = false;

  constructor(deps: EngineDeps) {
    this.#deps = deps;
  }

  /**
   * Opens a job and starts to work on it. `alongside` runs in the transaction that opens it: what else is written stands or falls
   * with the job, and nothing is done where it throws. Refuses with `update.position-busy` or `update.stopping`.
   */
  start(request: StartRequest, alongside?: (job: UpdateJob) => void): Result<UpdateJob> {
    if (this.#isStopping) return refuseStopping();
    const holder = this.#deps.jobs.openJobAt(request.position);
    if (holder) {
      const reason = `Position ${namePlace(request.position, request.place)} is held by job ${holder.id} (${holder.state}); resume or end that job first.`;
      return refuse('update.position-busy', reason, { job: holder.id });
    }
    const { log, training } = this.#deps;
    const job = log.open({ id: randomUUID(), training, ...request }, alongside);
    this.#run(job, request.executedBy);
    return accept(job);
  }

  /** Goes on with a job that was interrupted or is indeterminate. Refuses as `#findOpen`, and what `checkActor` refuses. */
  resume(jobId: string, actor: OperatorRef): Result<UpdateJob> {
    const found = this.#findOpen(jobId, actor);
    if (found.ok) this.#run(found.value, actor);
    return found;
  }

  /** Puts the old firmware back on a unit that runs the new one on trial. Refuses as `resume`, and with `update.not-on-trial`. */
  revert(jobId: string, actor: OperatorRef): Result<UpdateJob> {
    const found = this.#findOpen(jobId, actor);
    if (!found.ok) return found;
    const { state } = found.value;
    if (state !== 'reverting' && !mayMove(state, 'reverting')) {
      return refuse('update.not-on-trial', `Job ${jobId} is ${state}; only a test boot can be put back.`);
    }
    // The order stands in the job before the unit is touched: whatever happens now, it never goes on to confirm.
    const ordered = this.#deps.log.actingAs(actor).record(found.value, {
      puttingBack: true,
      code: 'update.put-back',
      reason: `${actor.printedName} ordered the old firmware back.`,
    });
    this.#run(ordered, actor);
    return accept(ordered);
  }

  /** Stops a job before its activation; from then on it must be brought to its end. */
  async cancel(jobId: string, actor: OperatorRef): Promise<Result<UpdateJob>> {
    const job = this.#deps.jobs.job(jobId);
    if (job === null) return refuseUnknown(jobId);
    if (!mayMove(job.state, 'cancelled')) return refuseCancel(job);
    const running = this.#running.get(jobId);
    if (!running) return accept(this.#deps.log.actingAs(actor).move(job, 'cancelled', cancelledByOperator));
    running.abort.abort(new CancelledByOperator(actor));
    const ended = await running.done;
    // The word came too late: the unit had been activated by then.
    return ended.ok && ended.value.state !== 'cancelled' ? refuseCancel(ended.value) : ended;
  }

  /** Gives up a unit that is indeterminate and will not be heard of again. The job never says what the unit runs. */
  abandon(jobId: string, reason: string, actor: OperatorRef): Result<UpdateJob> {
    const found = this.#findOpen(jobId, actor);
    if (!found.ok) return found;
    const job = found.value;
    if (job.state !== 'indeterminate') {
      return refuse(
        'update.not-indeterminate',
        `Job ${jobId} is ${job.state}; only an indeterminate one can be given up.`,
      );
    }
    const log = this.#deps.log.actingAs(actor);
    const checks = [log.check('given-up', false, `${actor.printedName} gave the unit up: ${reason}`)];
    return accept(log.move(job, 'abandoned', { code: 'update.abandoned', reason, checks }));
  }

  /** Resolves when nobody works on the job any more, with the job as it then stands. */
  async settled(jobId: string): Promise<Result<UpdateJob>> {
    const running = this.#running.get(jobId);
    if (running) return running.done;
    const job = this.#deps.jobs.job(jobId);
    return job === null ? refuseUnknown(jobId) : accept(job);
  }

  /** True while the engine itself works on the job; an open job with which nobody works waits for a person. */
  isWorkingOn(jobId: string): boolean {
    return this.#running.has(jobId);
  }

  /** Starts nothing any more, and resolves when the jobs that are under way have come to their end. */
  async drain(): Promise<void> {
    this.#isStopping = true;
    await Promise.all([...this.#running.values()].map(({ done }) => done));
  }

  /** Ends work on every job, so that the station can close; each stays resumable. Nothing is started from then on. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    const running = [...this.#running.values()];
    for (const { abort } of running) abort.abort(new Error('the station is closing'));
    await Promise.all(running.map(({ done }) => done));
  }

  #findOpen(jobId: string, actor: OperatorRef): Result<UpdateJob> {
    if (this.#isStopping) return refuseStopping();
    const job = this.#deps.jobs.job(jobId);
    if (job === null) return refuseUnknown(jobId);
    if (isClosed(job.state)) return refuse('update.job-closed', `Job ${jobId} ended as ${job.state}.`);
    if (this.#running.has(jobId)) return refuse('update.job-running', `Job ${jobId} is being worked on right now.`);
    if (job.training !== this.#deps.training) return refuseOtherBench(job);
    const may = this.#deps.rules.checkActor(job, actor);
    return may.ok ? accept(job) : may;
  }

  #run(job: UpdateJob, actor: OperatorRef): void {
    const abort = new AbortController();
    const done = this.#drive(job, actor, abort.signal).finally(() => this.#running.delete(job.id));
    this.#running.set(job.id, { abort, done });
  }

  /** Never rejects: what goes wrong stands in the job, or in the refusal where not even the job could be written. */
  async #drive(begun: UpdateJob, actor: OperatorRef, signal: AbortSignal): Promise<Result<UpdateJob>> {
    const { clock, bench, jobs, progress } = this.#deps;
    const log = this.#deps.log.actingAs(actor);
    try {
      const job = forgetRequest(log, begun);
      const opened = await openUnit(bench, clock, job.position, signal, this.#deps.preflight.recall(job));
      if (!opened.ok) return accept(endWithoutUnit(log, job, opened));
      const { target, profile, pin } = opened.value;
      try {
        const ask = askPersonFor(job.id, { clock, log, jobs });
        const context: StepContext = { clock, log, target, profile, pin, progress, ask, signal };
        return accept(isActivated(job) ? await this.#goOn(context, job) : await this.#install(context, job, actor));
      } finally {
        await target.close();
      }
    } catch (error) {
      return this.#endUnexpected(log, begun.id, error);
    }
  }

  /** From the preflight to the end, for a job that was not activated yet. */
  async #install(context: StepContext, job: UpdateJob, actor: OperatorRef): Promise<UpdateJob> {
    const { preflight } = this.#deps;
    const checked = await preflight.run(context, job, actor);
    const { plan } = checked;
    if (isStopped(context)) return stopStaged(context, checked.job);
    if (plan === null) return checked.job;
    const staged = await stageImage(context, plan, checked.job);
    if (staged.state !== 'staged') return staged;
    const changed = await preflight.findChange(context, plan, staged, actor);
    if (isStopped(context)) return stopStaged(context, staged);
    if (changed !== null) return endBeforeActivation(context, staged, 'failed', changed.refusal(staged));
    return settle(context, plan, await activateImage(context, plan, staged));
  }

  /** From what the unit says now, for a job that was activated before. */
  async #goOn(context: StepContext, job: UpdateJob): Promise<UpdateJob> {
    const plan = this.#deps.preflight.planActivated(job);
    if (job.state === 'activating') return settle(context, plan, await resumeActivation(context, plan, job));
    return settleOutcome(context, plan, job);
  }

  /** A bug or an I/O fault: the job says so where it still can, and the unit's fate is not guessed. */
  #endUnexpected(log: JobLog, jobId: string, error: unknown): Result<UpdateJob> {
    if (error instanceof RefusalError) return error.refusal;
    const reason = `Drydock had an internal error: ${error instanceof Error ? error.message : 'unknown'}.`;
    const code = 'update.internal-error' as const;
    try {
      const job = this.#deps.jobs.job(jobId);
      if (job === null || isClosed(job.state)) return refuse(code, reason);
      const change = { checks: [log.check('engine', false, reason)], code, reason };
      if (job.state === 'indeterminate') return accept(log.record(job, change));
      return accept(log.move(job, mayMove(job.state, 'indeterminate') ? 'indeterminate' : 'failed', change));
    } catch (second) {
      // Not even the job can be written; it stands as it was last written, and is resumed from there.
      const why = second instanceof Error ? second.message : 'unknown';
      return refuse(code, `${reason} The job could not be written either: ${why}.`);
    }
  }
}

/** Asked anew each time: a person may have cancelled, or the station begun to close, since the last look. */
function isStopped({ signal }: StepContext): boolean {
  return signal.aborted;
}

/** A job that has just become indeterminate waits for a person; one that was tested is brought to its end. */
async function settle(context: StepContext, plan: Plan, job: UpdateJob): Promise<UpdateJob> {
  return job.state === 'testing' ? settleOutcome(context, plan, job) : job;
}
