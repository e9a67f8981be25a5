import type { UpdateJobView } from './schema/update-job.ts';

/** Progress inside a phase; `doneBytes` never goes back within one attempt of a phase. Times are the station's monotonic clock. */
export interface JobProgressEvent {
  readonly type: 'job.progress';
  readonly jobId: string;
  readonly phase: 'stage' | 'verify';
  readonly doneBytes: number;
  readonly totalBytes: number;
  readonly atMs: number;
}

/** A job was written: opened, moved, or a fact was recorded. */
export interface JobWrittenEvent {
  readonly type: 'job.written';
  readonly job: UpdateJobView;
}

/** What the station tells its shells while operations run. Never needed for correctness: every fact is also in the rows. */
export type StationEvent = JobProgressEvent | JobWrittenEvent;
