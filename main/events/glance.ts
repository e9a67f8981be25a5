import { holdsUnit } from '../../contract/plain/holds-unit.ts';
import type { UpdateJobView } from '../../contract/schema/update-job.ts';
import type { JobGlance } from '../../contract/window/window-operations.ts';
import type { BenchLedger } from './bench-ledger.ts';

/** Open jobs as anybody who passes the locked window may see them: where, how far, and whether a hand is needed. No serial, no name. */
export function glanceAtJobs(ledger: Pick<BenchLedger, 'openJobs' | 'progressOf'>): JobGlance[] {
  return ledger.openJobs
    .map((job) => ({
      place: job.place?.number ?? null,
      state: job.state,
      fraction: job.state === 'staging' ? fractionOf(job, ledger) : null,
      mayUnplug: !holdsUnit(job.state),
      needsPerson: job.attention !== null,
    }))
    .sort((a, b) => (a.place ?? Number.MAX_SAFE_INTEGER) - (b.place ?? Number.MAX_SAFE_INTEGER));
}

function fractionOf({ id }: UpdateJobView, ledger: Pick<BenchLedger, 'progressOf'>): number | null {
  const progress = ledger.progressOf(id);
  return progress === undefined || progress.totalBytes === 0 ? null : progress.doneBytes / progress.totalBytes;
}
