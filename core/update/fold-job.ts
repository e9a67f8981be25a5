import type { JobState } from '../../contract/schema/update-job.ts';
import type { JobChange, JobRequest, UpdateJob } from './job.ts';
import { isClosed } from './transitions.ts';

/** The data of an `update.moved` audit event. `from` is null for the event that opens the job and carries its request. */
export type JobMove =
  | { readonly from: null; readonly to: 'created'; readonly request: JobRequest }
  | { readonly from: JobState; readonly to: JobState; readonly change: JobChange };

/** Opens a job as its first event states it. */
export function openJob(request: JobRequest, at: string): UpdateJob {
  return {
    ...request,
    state: 'created',
    imageHash: null,
    bootHash: null,
    bootHashBefore: null,
    product: null,
    serial: null,
    hardware: null,
    versionBefore: null,
    versionTarget: null,
    versionAfter: null,
    checks: [],
    approvals: [],
    missingProtections: null,
    attention: null,
    policyDigest: null,
    puttingBack: false,
    seenOnTrial: false,
    staleSelfTest: false,
    actors: [],
    selfTest: null,
    createdAt: at,
    endedAt: null,
    code: null,
    reason: null,
  };
}

/**
 * Applies one move. The job row is never more than the fold of its events, so that an auditor can build the same job from
 * the log alone; the report's verifier does.
 */
export function applyMove(job: UpdateJob, to: JobState, change: JobChange, at: string): UpdateJob {
  const { checks, ...fields } = change;
  return {
    ...job,
    ...fields,
    checks: checks ? [...job.checks, ...checks] : job.checks,
    state: to,
    endedAt: isClosed(to) ? at : null,
  };
}
