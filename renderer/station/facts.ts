import type { BundleImportEvent, OrderWithheldEvent, StationEvent } from '../../contract/events.ts';
import type { BenchUnit } from '../../contract/schema/device.ts';
import type { StandingOrderView } from '../../contract/schema/standing-order.ts';
import type { UpdateJobView } from '../../contract/schema/update-job.ts';
import { advance, type Progress } from './progress.ts';

/** Closed jobs that stay at hand; older ones are in the history. */
const mostClosedJobs = 200;

/** Imports that have ended stay at hand for whoever comes back to the bundles. */
const mostEndedImports = 16;

/** What the station has told so far. Never needed for correctness: every fact can be asked for. */
export interface Facts {
  /** By id, in the order in which they were first heard of. */
  readonly jobs: Map<string, UpdateJobView>;
  /** Of jobs that move bytes, by job id. */
  readonly progress: Map<string, Progress>;
  readonly orders: Map<string, StandingOrderView>;
  /** The last unit that each order did not start, by order id and position. */
  readonly withheld: Map<string, OrderWithheldEvent>;
  /** The newest word of each import, by its id, in the order in which they were asked for. */
  readonly imports: Map<string, BundleImportEvent>;
  /** By position. */
  readonly units: Map<string, BenchUnit>;
  /** Why USB cannot be read, under the key `reason`; empty where it can. */
  readonly usb: Map<'reason', string>;
}

export function noFacts(): Facts {
  return {
    jobs: new Map(),
    progress: new Map(),
    orders: new Map(),
    withheld: new Map(),
    imports: new Map(),
    units: new Map(),
    usb: new Map(),
  };
}

/** Takes one event into the facts. Replaying events that were taken before changes nothing. */
export function take(facts: Facts, event: StationEvent): void {
  switch (event.type) {
    case 'job.written':
      takeJob(facts, event.job);
      break;
    case 'job.progress':
      takeProgress(facts, event.jobId, advance(facts.progress.get(event.jobId), event));
      break;
    case 'order.written':
      facts.orders.set(event.order.id, event.order);
      break;
    case 'order.withheld':
      facts.withheld.set(`${event.orderId} ${event.position}`, event);
      break;
    case 'bundle.import':
      takeImport(facts, event);
      break;
    case 'device.arrived':
      facts.units.set(event.unit.position, event.unit);
      break;
    case 'device.left':
      facts.units.delete(event.unit.position);
      break;
    case 'device.no-usb':
      facts.units.clear();
      facts.usb.set('reason', event.reason);
      break;
    case 'device.usb-ready':
      facts.usb.delete('reason');
      break;
  }
}

function takeJob(facts: Facts, job: UpdateJobView): void {
  const before = facts.jobs.get(job.id);
  // A new state is a new phase, or a new attempt: its progress begins anew.
  if (job.endedAt !== null || (before !== undefined && before.state !== job.state)) facts.progress.delete(job.id);
  facts.jobs.set(job.id, job);
  if (job.endedAt !== null) forgetOldest(facts);
}

function takeImport(facts: Facts, event: BundleImportEvent): void {
  // What is told again may be older than what was heard: an import that has ended has.
  if (facts.imports.get(event.importId)?.outcome != null) return;
  facts.imports.set(event.importId, event);
  if (event.outcome === null) return;
  const ended = [...facts.imports.values()].filter(({ outcome }) => outcome !== null);
  for (const { importId } of ended.slice(0, Math.max(0, ended.length - mostEndedImports))) {
    facts.imports.delete(importId);
  }
}

function takeProgress(facts: Facts, jobId: string, progress: Progress): void {
  // The last events of a job may come after it was closed.
  if (facts.jobs.get(jobId)?.endedAt == null) facts.progress.set(jobId, progress);
}

function forgetOldest(facts: Facts): void {
  const closed = [...facts.jobs.values()].filter(({ endedAt }) => endedAt !== null);
  for (const { id } of closed.slice(0, Math.max(0, closed.length - mostClosedJobs))) facts.jobs.delete(id);
}
