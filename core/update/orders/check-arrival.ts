import { accept, refuse, type Result } from '../../../contract/result.ts';
import { namePlace } from '../../../contract/plain/name-place.ts';
import type { BenchUnit } from '../../../contract/schema/device.ts';
import type { OrderedUnit, StandingOrderView } from '../../../contract/schema/standing-order.ts';
import type { UpdateJob } from '../job.ts';
import type { UpdateRepository } from '../repository.ts';
import { isClosed } from '../transitions.ts';

export interface ArrivalQuestion {
  readonly order: StandingOrderView;
  readonly unit: BenchUnit;
  /** What stands on the bench now, by position. */
  readonly standing: ReadonlyMap<string, BenchUnit>;
  readonly jobs: Pick<UpdateRepository, 'jobs' | 'openJobAt'>;
}

/** How many of a serial's newest jobs are looked at. */
const NEWEST_JOBS = 100;

/**
 * Whether an order may start the unit that has come. What the unit runs, and whether approvals, window and versions allow the update, is
 * for the job's own preflight to find out.
 *
 * Refuses with `device.no-profile`, `device.no-serial`, `update.position-busy`, `order.unit-done`, `order.serial-elsewhere` or
 * `order.unit-failed`.
 */
export function checkArrival({ order, unit, standing, jobs }: ArrivalQuestion): Result<void> {
  const { position, serial } = unit;
  const where = namePlace(position, unit.place);
  if (unit.profile === null) {
    const known = `No device profile of this station knows what stands at position ${where}.`;
    return refuse('device.no-profile', unit.profileNote ?? known);
  }
  if (serial === null) {
    return refuse('device.no-serial', `The unit at position ${where} has no usable serial number.`);
  }
  const holder = jobs.openJobAt(position);
  if (holder !== null) {
    const reason = `Position ${where} is held by job ${holder.id} (${holder.state}); resume or end that job, then plug the unit in again.`;
    return refuse('update.position-busy', reason);
  }
  const ofSerial = jobs.jobs({ serial, limit: NEWEST_JOBS });
  const elsewhere = findElsewhere(unit, standing, ofSerial, order.started);
  if (elsewhere !== null) {
    const reason = `The serial ${serial} is also ${elsewhere}. If it is the same unit, plug it in there again; if there are two with one serial, start this one by hand.`;
    return refuse('order.serial-elsewhere', reason);
  }
  const before = order.started.findLast((started) => started.serial === serial);
  const done = before?.state === 'confirmed' ? before.jobId : ofSerial.find((job) => isDone(job, order))?.id;
  if (done !== undefined) {
    const reason = `The unit ${serial} was brought to this firmware under work order ${order.workOrder} already (job ${done}); nothing is done to it.`;
    return refuse('order.unit-done', reason);
  }
  if (before !== undefined) {
    const reason = `The job ${before.jobId} of unit ${serial} ended as ${before.state} under this order; look into it, then start the unit by hand.`;
    return refuse('order.unit-failed', reason);
  }
  return accept(undefined);
}

/** By whomever it was started: a unit is not updated twice under one work order. */
function isDone({ state, bundleDigest, workOrder }: UpdateJob, order: StandingOrderView): boolean {
  return state === 'confirmed' && bundleDigest === order.bundleDigest && workOrder === order.workOrder;
}

/** Where else the serial is: a serial alone does not tell which of two units it is. */
function findElsewhere(
  { position, serial }: BenchUnit,
  standing: ReadonlyMap<string, BenchUnit>,
  ofSerial: readonly UpdateJob[],
  started: readonly OrderedUnit[],
): string | null {
  const twin = [...standing.values()].find((other) => other.position !== position && other.serial === serial);
  if (twin !== undefined) return `at position ${namePlace(twin.position, twin.place)}`;
  const job =
    ofSerial.find((candidate) => candidate.position !== position && !isClosed(candidate.state)) ??
    started.find((unit) => unit.serial === serial && unit.position !== position && !isClosed(unit.state));
  return job === undefined ? null : `that of a unit with an open job at position ${job.position} (${job.state})`;
}
