import type { UpdateJob } from './job.ts';

/** A unit's history, by which a wiped unit cannot be used for a downgrade (REQ-OTA-VER-02). */
export interface UnitHistory {
  readonly product: string;
  readonly serial: string;
  /** Highest security counter that was ever confirmed on this unit. */
  readonly highestConfirmed: number;
  readonly confirmedAt: string;
}

export interface JobFilter {
  readonly serial?: string;
  readonly bundleDigest?: string;
  /** Only jobs whose state is not closed. */
  readonly open?: boolean;
  /** Keyset paging: jobs older than the one with this id. */
  readonly before?: string;
  readonly limit: number;
}

/** Rows of jobs and unit histories. All calls are synchronous and join the transaction they are made in. */
export interface UpdateRepository {
  insertJob(job: UpdateJob): void;
  updateJob(job: UpdateJob): void;
  job(id: string): UpdateJob | null;
  /** The open job that holds a bench position; null where it is free. Asks the columns only, so that no row can hide another. */
  openJobAt(position: string): { readonly id: string; readonly state: string } | null;
  /** Newest first. */
  jobs(filter: JobFilter): readonly UpdateJob[];
  /** Jobs that were opened at `from` or later and before `until` (ISO times), oldest first. */
  jobsBegun(from: string, until: string, limit: number): readonly UpdateJob[];
  unitHistory(product: string, serial: string): UnitHistory | null;
  /** Highest counter confirmed on any unit of the product; null where there is none. */
  highestConfirmedForProduct(product: string): number | null;
  /** Keeps the greater of the stored and the given counter. */
  recordConfirmed(history: UnitHistory): void;
}
