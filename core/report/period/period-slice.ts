import type { AuditEvent } from '../../../contract/schema/audit.ts';
import type { PeriodReport } from '../../../contract/schema/period-report.ts';
import type { ReportModel } from '../../../contract/schema/report.ts';
import { readStatement } from '../../policy/approval.ts';

/** What a report of a period says of one of its jobs, in the form in which a job's own report says it. */
export interface JobSlice extends Pick<ReportModel, 'job' | 'bundle' | 'policy' | 'approvals' | 'station'> {
  /** The job's own events and those that all jobs share, in the order of the log. */
  readonly events: readonly AuditEvent[];
}

const noBundle: ReportModel['bundle'] = { digest: '', manifest: '', signers: [] };

/** Cuts a report of a period into its jobs, so that each is checked by the very checks of a job's own report. */
export function sliceJobs(model: PeriodReport, events: readonly AuditEvent[]): readonly JobSlice[] {
  const shared = events.filter(({ subject }) => subject['job'] === undefined);
  const ofJob = Map.groupBy(events, ({ subject }) => subject['job']);
  const bundles = new Map(model.bundles.map(({ importSeq, ...bundle }) => [importSeq, bundle]));
  const policies = new Map(model.policies.map(({ digest, text }) => [digest, text]));
  const approvals = Map.groupBy(model.approvals, (record) => {
    const statement = readStatement(record);
    return statement.ok ? statement.value.id : '';
  });
  return model.jobs.map(({ importSeq, job }) => ({
    job,
    bundle: bundles.get(importSeq) ?? noBundle,
    policy: policies.get(job.policyDigest ?? '') ?? null,
    approvals: job.approvals.flatMap((id) => approvals.get(id) ?? []),
    station: model.station,
    events: [
      // A bundle that was imported more than once has more than one event: the job stands on one of them.
      ...shared.filter(({ seq, type }) => type !== 'bundle.imported' || seq === importSeq),
      ...(ofJob.get(job.id) ?? []),
    ].sort((left, right) => left.seq - right.seq),
  }));
}
