import type { JobSearch, UnitKey, UnitsInput } from '../../contract/schema/job-history.ts';
import type { UpdateJob } from './job.ts';

export interface JobPage {
  /** Keyset paging: jobs older than the one with this id. */
  readonly before: string | null;
  readonly limit: number;
}

/** What is found of a history that may be long. */
export interface JobCount {
  readonly total: number;
  /** False where the counting was given up at `total`. */
  readonly isTotalExact: boolean;
}

/** Reads the history of jobs; writes nothing. */
export interface JobHistory {
  /** Newest first. A page stays what it was when jobs are added. */
  search(query: JobSearch, page: JobPage): readonly UpdateJob[];
  count(query: JobSearch): JobCount;
  /** Units that a job has read, in the order of their serial numbers. */
  units(query: UnitsInput, limit: number): readonly UnitKey[];
  countJobsOf(unit: UnitKey): number;
  /** Newest first. */
  jobsOf(unit: UnitKey, limit: number): readonly UpdateJob[];
}
