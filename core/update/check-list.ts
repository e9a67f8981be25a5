import { accept, RefusalError, type Accepted, type Result } from '../../contract/result.ts';
import type { JobCheck } from '../../contract/schema/update-job.ts';
import type { JobChange, UpdateJob } from './job.ts';
import type { JobLog } from './job-log.ts';

/** What a check found, and the sentence about it that the report prints. */
export interface Finding<T> {
  readonly value: T;
  readonly detail: string;
}

export function found<T>(value: T, detail: string): Accepted<Finding<T>> {
  return accept({ value, detail });
}

/** A check said no: unwinds a preflight. Any other `RefusalError` on the way is a fault of the storage, not of the job. */
export class CheckRefused extends RefusalError {}

/** Collects the checks of a job by name, so that a preflight reads as the list of what must hold. */
export class CheckList {
  readonly made: JobCheck[] = [];
  /** What the checks have found out of the unit and the image so far; it goes into the job whether they pass or not. */
  facts: JobChange = {};
  readonly #log: JobLog;

  constructor(log: JobLog) {
    this.#log = log;
  }

  /** Notes the check and hands out what it found; a refusal is noted too and unwinds as a `CheckRefused`. */
  take<T>(name: string, result: Result<Finding<T>>): T {
    this.made.push(this.#log.check(name, result.ok, result.ok ? result.value.detail : result.reason));
    if (!result.ok) throw new CheckRefused(result);
    return result.value.value;
  }

  /** What a refusal writes into a job: one that was run under facts already keeps those, and learns only why it ends. */
  refusal(job: UpdateJob): JobChange {
    const { code = null, reason = null } = this.facts;
    return { ...(job.policyDigest === null ? this.facts : { code, reason }), checks: this.made };
  }

  learn(facts: JobChange): void {
    this.facts = { ...this.facts, ...facts };
  }
}
