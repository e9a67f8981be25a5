import * as v from 'valibot';
import {
  longestSentence,
  UpdateJobView,
  type JobCheck,
  type JobState,
  type OperatorRef,
} from '../../contract/schema/update-job.ts';
import type { AuditOutcome } from '../../contract/schema/audit.ts';
import type { AuditEventDraft } from '../audit/event.ts';
import type { Clock, Transact } from '../ports.ts';
import { applyMove, openJob, type JobMove } from './fold-job.ts';
import type { JobChange, JobRequest, UpdateJob } from './job.ts';
import type { UpdateRepository } from './repository.ts';
import { isClosed, mayMove } from './transitions.ts';

export interface JobLogDeps {
  readonly clock: Clock;
  readonly transact: Transact;
  readonly jobs: UpdateRepository;
  readonly audit: { append(draft: AuditEventDraft): { readonly time: string } };
  readonly moved: (job: UpdateJob) => void;
}

/**
 * Writes what happens to jobs. Every move is the job's row and its audit event in one transaction, made before the side effect
 * on the unit (REQ-OTA-AUD-03): where it throws, the side effect does not happen.
 */
export class JobLog {
  readonly #deps: JobLogDeps;
  readonly #actor: OperatorRef | null;

  /** `actor` is the operator in whose name the moves are made; left out, whoever the job was opened by. */
  constructor(deps: JobLogDeps, actor: OperatorRef | null = null) {
    this.#deps = deps;
    this.#actor = actor;
  }

  /** The same log for an operator who goes on with, ends or gives up somebody's job: events name who really acted. */
  actingAs(actor: OperatorRef): JobLog {
    return new JobLog(this.#deps, actor);
  }

  /** Opens a job; `alongside` runs in the same transaction, when the row is there. */
  open(request: JobRequest, alongside: (job: UpdateJob) => void = () => undefined): UpdateJob {
    const move: JobMove = { from: null, to: 'created', request };
    return this.#write(request.id, subjectOf(request, null), request.executedBy, move, (at) => {
      const job = openJob(request, at);
      this.#deps.jobs.insertJob(job);
      this.#reportClones(request);
      alongside(job);
      return job;
    });
  }

  /** An event of its own, by which an auditor finds every job on a unit whose serial was not its alone. */
  #reportClones({ id, position, clones = [], executedBy, bundleDigest, workOrder }: JobRequest): void {
    if (clones.length === 0) return;
    this.#deps.audit.append({
      type: 'device.clone-seen',
      actor: { kind: 'operator', id: executedBy.id, username: executedBy.username },
      outcome: 'done',
      subject: { bundle: bundleDigest, workOrder, job: id },
      data: { position, clones },
    });
  }

  /** Moves a job along the table. Throws on a move that the table does not know: that is a bug, not a refusal. */
  move(job: UpdateJob, to: JobState, change: JobChange = {}): UpdateJob {
    if (!mayMove(job.state, to)) throw new Error(`illegal move of job ${job.id}: ${job.state} → ${to}`);
    return this.#change(job, to, change);
  }

  /** Records facts without a move: checks made, what the unit was found to be. */
  record(job: UpdateJob, change: JobChange): UpdateJob {
    return this.#change(job, job.state, change);
  }

  /** A check with the time at which it was made. */
  check(name: string, passed: boolean, detail: string): JobCheck {
    return { name, passed, detail: clip(detail), at: this.#deps.clock.now().toISOString() };
  }

  #change(job: UpdateJob, to: JobState, stated: JobChange): UpdateJob {
    const named = this.#nameActor(job, stated);
    const change = typeof named.reason === 'string' ? { ...named, reason: clip(named.reason) } : named;
    const serial = change.serial ?? job.serial;
    const move: JobMove = { from: job.state, to, change };
    return this.#write(job.id, subjectOf(job, serial), job.executedBy, move, (at) => {
      // Read as strictly as a stored row will be: one that could not be read back is never written.
      const next = v.parse(UpdateJobView, applyMove(job, to, change, at));
      this.#deps.jobs.updateJob(next);
      if (keepsNewFirmware(next)) this.#rememberConfirmed(next, at);
      return next;
    });
  }

  /** Whoever acts on somebody else's job stands in it from then on: duties are kept apart by that. */
  #nameActor(job: UpdateJob, change: JobChange): JobChange {
    const actor = this.#actor;
    if (actor === null || [job.executedBy, ...job.actors].some(({ id }) => id === actor.id)) return change;
    return { ...change, actors: [...job.actors, actor] };
  }

  /** REQ-OTA-VER-02: the unit's highest version rises in the same transaction that closes the job. */
  #rememberConfirmed(job: UpdateJob, at: string): void {
    const { product, serial, versionAfter } = job;
    if (product === null || serial === null || versionAfter === null) {
      throw new Error(`job ${job.id} cannot be confirmed without product, serial and version`);
    }
    this.#deps.jobs.recordConfirmed({ product, serial, highestConfirmed: versionAfter, confirmedAt: at });
  }

  #write(
    id: string,
    subject: Record<string, string>,
    executedBy: OperatorRef,
    move: JobMove,
    apply: (at: string) => UpdateJob,
  ): UpdateJob {
    const code = move.from === null ? undefined : move.change.code;
    const actor = this.#actor ?? executedBy;
    const job = this.#deps.transact(() => {
      const event = this.#deps.audit.append({
        type: 'update.moved',
        actor: { kind: 'operator', id: actor.id, username: actor.username },
        outcome: outcomeOf(move.to),
        subject: { ...subject, job: id },
        ...(code ? { code } : {}),
        data: { ...move },
      });
      return apply(event.time);
    });
    this.#deps.moved(job);
    return job;
  }
}

/** Sentences quote units, manifests and approvals of any length; a job's row and its event have bounds. */
function clip(sentence: string): string {
  return sentence.length <= longestSentence ? sentence : `${sentence.slice(0, longestSentence - 1).toWellFormed()}…`;
}

/** Confirmed, or made permanent by the unit itself without proof: either way it must never be taken back below. */
function keepsNewFirmware({ state, versionAfter, versionTarget }: UpdateJob): boolean {
  return isClosed(state) && versionTarget !== null && versionAfter === versionTarget;
}

function subjectOf(job: Pick<UpdateJob, 'bundleDigest' | 'workOrder'>, serial: string | null): Record<string, string> {
  const subject = { bundle: job.bundleDigest, workOrder: job.workOrder };
  return serial === null ? subject : { ...subject, unit: serial };
}

function outcomeOf(to: JobState): AuditOutcome {
  switch (to) {
    case 'refused':
      return 'refused';
    case 'failed':
    case 'reverted':
    case 'indeterminate':
      return 'failed';
    default:
      return 'done';
  }
}
