import { refuse, accept, type Result } from '../../contract/result.ts';
import type { JobLine, UnitKey, UnitLife, UnitLine, UsedApproval } from '../../contract/schema/job-history.ts';
import type { JobHistory } from './job-history.ts';
import type { UpdateJob } from './job.ts';
import type { UpdateRepository } from './repository.ts';

export interface UnitRecords {
  readonly history: JobHistory;
  readonly jobs: UpdateRepository;
  /** What is known of an approval; null where its record cannot be read. */
  readonly approval: (id: string) => UsedApproval | null;
}

/** The newest so many jobs of a unit are told. */
const MOST_JOBS = 500;

/** A unit's life at this station, from its jobs. Refuses with `update.unit-unknown`. */
export function tellUnitLife(unit: UnitKey, { history, jobs, approval }: UnitRecords): Result<UnitLife> {
  const own = history.jobsOf(unit, MOST_JOBS);
  if (own.length === 0) {
    const reason = `No job of this station has read a unit ${unit.serial} of the product ${unit.product}.`;
    return refuse('update.unit-unknown', reason, unit);
  }
  return accept({
    ...unit,
    highestConfirmed: highestConfirmed(unit, jobs),
    jobs: own.map((job) => ({ ...lineOf(job), approvals: job.approvals.flatMap((id) => approval(id) ?? []) })),
    jobsOmitted: history.countJobsOf(unit) - own.length,
    clonesSeen: own.flatMap(({ id, createdAt, clones = [] }) =>
      clones.length === 0 ? [] : [{ job: id, at: createdAt, positions: [...clones] }],
    ),
  });
}

/** A unit as a line of a list. */
export function tellUnitLine(unit: UnitKey, { history, jobs }: Pick<UnitRecords, 'history' | 'jobs'>): UnitLine {
  const [lastJob] = history.jobsOf(unit, 1);
  if (lastJob === undefined) throw new Error(`unit ${unit.serial} is listed without a job`);
  return {
    ...unit,
    jobs: history.countJobsOf(unit),
    lastJob: lineOf(lastJob),
    highestConfirmed: highestConfirmed(unit, jobs),
  };
}

function highestConfirmed({ product, serial }: UnitKey, jobs: UpdateRepository): UnitLife['highestConfirmed'] {
  const known = jobs.unitHistory(product, serial);
  return known && { version: known.highestConfirmed, at: known.confirmedAt };
}

/** A job without what only its own page shows. */
export function lineOf(job: UpdateJob): JobLine {
  const { id, state, kind, training, bundleDigest, product, serial, workOrder, assetTag, udi, position } = job;
  const { versionBefore, versionTarget, versionAfter, executedBy, createdAt, endedAt, code, reason } = job;
  return {
    ...{ id, state, kind, training, bundleDigest, product, serial, workOrder, assetTag, udi, position },
    ...(job.place === undefined ? {} : { place: job.place }),
    ...{ versionBefore, versionTarget, versionAfter, executedBy, createdAt, endedAt, code, reason },
  };
}
