import type { DeviceState } from '../../../contract/schema/device.ts';
import type { OperatorRef } from '../../../contract/schema/update-job.ts';
import type { ManifestImage } from '../../../contract/schema/bundle.ts';
import type { PolicyDocument } from '../../../contract/schema/policy.ts';
import type { ProfilePin } from '../../device/profile/profile-pin.ts';
import type { AskPerson, TargetProfile, UpdateTarget } from '../../device/update-target.ts';
import type { Clock } from '../../ports.ts';
import type { JobLog } from '../job-log.ts';
import type { UpdateJob } from '../job.ts';
import type { Expectation } from '../judge.ts';

/** Progress inside a phase; `doneBytes` never goes back within one phase of one attempt. */
export interface PhaseProgress {
  readonly jobId: string;
  readonly phase: 'stage' | 'verify';
  readonly doneBytes: number;
  readonly totalBytes: number;
}

/** The image that a job installs, opened from the store: the bytes are hashed again as they are handed out (REQ-OTA-MAN-02). */
export interface ImageSource {
  readonly image: ManifestImage;
  /** Hash TLV of the image, hex. */
  readonly bootHash: string;
  open(): AsyncIterable<Uint8Array>;
}

/** What preflight found out and the later steps work with. */
export interface Plan {
  readonly policy: PolicyDocument;
  readonly source: ImageSource;
  /** What the unit was read to be before anything was written; null for a job that was resumed after its activation. */
  readonly stateBefore: DeviceState | null;
  readonly expectation: Expectation;
}

/** The open unit and everything a step may use. */
export interface StepContext {
  readonly clock: Clock;
  readonly log: JobLog;
  readonly target: UpdateTarget;
  readonly profile: TargetProfile;
  /** The profile's very bytes, which the job keeps. */
  readonly pin: ProfilePin;
  readonly progress: (progress: PhaseProgress) => void;
  readonly ask: AskPerson;
  readonly signal: AbortSignal;
}

/** A step returns the job after its move; a refusal is written into the job by the step itself. */
export type Step = (context: StepContext, plan: Plan, job: UpdateJob) => Promise<UpdateJob>;

/** What one sitting with a unit has come to so far; it is not remembered beyond it. */
export interface Sitting {
  /** The time for the self-test is over. */
  overdue: boolean;
  /** Resets sent so that the unit makes the swap it announces, or leaves DFU mode. */
  bootResets: number;
  /** Resets sent so that the boot loader puts the old firmware back. */
  revertResets: number;
  confirmFailures: number;
}

/** What one look at the unit led to: go on looking, or the job has settled (closed, held for a person, or indeterminate). */
export interface Outcome {
  readonly job: UpdateJob;
  readonly settled: boolean;
}

export function settled(job: UpdateJob): Outcome {
  return { job, settled: true };
}

export function unsettled(job: UpdateJob): Outcome {
  return { job, settled: false };
}

/** The reason with which a job's signal is aborted where a person asked for it. */
export class CancelledByOperator extends Error {
  override readonly name = 'CancelledByOperator';
  readonly operator: OperatorRef;

  constructor(operator: OperatorRef) {
    super('cancelled by an operator');
    this.operator = operator;
  }
}
