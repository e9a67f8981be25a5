import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { AuditEvent } from '../../../contract/schema/audit.ts';
import type { Manifest } from '../../../contract/schema/bundle.ts';
import type { PeriodReport } from '../../../contract/schema/period-report.ts';
import type { ApprovalStatement } from '../../../contract/schema/policy.ts';
import { sha256Hex } from '../../digest.ts';
import { concludePeriod } from '../period/period-conclusion.ts';
import { periodIdOf } from '../period/period-id.ts';
import type { JobSlice } from '../period/period-slice.ts';
import { checkApprovals } from './check-approvals.ts';
import { checkBundle, checkVersions } from './check-bundle.ts';
import { checkExecutedBy } from './check-conclusion.ts';
import { checkJob, wasStaged } from './check-job.ts';
import { found, type Finding } from './check-list.ts';
import { checkPolicy } from './check-policy.ts';

/** Makes a check of a job's own report for every job of the period; the refusal names the first job that fails it. */
function forEachJob<T>(
  slices: readonly JobSlice[],
  check: (slice: JobSlice, at: number) => Result<Finding<T>>,
): Result<readonly T[]> {
  const values: T[] = [];
  for (const [at, slice] of slices.entries()) {
    const made = check(slice, at);
    if (!made.ok) return refuse(made.code, `Job ${slice.job.id}: ${made.reason}`, { job: slice.job.id });
    values.push(made.value.value);
  }
  return accept(values);
}

/** Each job is the fold of its events, began in the period, stands there once, in order; no event is of a job that is not listed. */
export function checkPeriodJobs(
  { jobs, period, station }: PeriodReport,
  slices: readonly JobSlice[],
  events: readonly AuditEvent[],
): Result<Finding<true>> {
  let before = '';
  for (const { job } of jobs) {
    const day = job.createdAt.slice(0, 10);
    if (day < period.firstDay || day > period.lastDay)
      return refuseJobs(job.id, `began on ${day}, outside of the period`);
    const place = `${job.createdAt} ${job.id}`;
    if (place <= before) return refuseJobs(job.id, 'stands there twice, or out of order');
    before = place;
  }
  const listed = new Set(jobs.map(({ job }) => job.id));
  const stray = events.find(({ subject }) => subject['job'] !== undefined && !listed.has(subject['job']));
  if (stray?.subject['job'] !== undefined)
    return refuseJobs(stray.subject['job'], `is not listed, but event ${stray.seq} is of it`);
  const made = forEachJob(slices, (of) => checkJob(of.job, of.events, station.training));
  return made.ok
    ? found(`All ${jobs.length} jobs are exactly what their events say, and began in the period.`, true)
    : made;
}

/** Gives the manifests in the order of the jobs. */
export function checkPeriodBundles(slices: readonly JobSlice[]): Result<Finding<readonly Manifest[]>> {
  const made = forEachJob(slices, (of) => checkBundle(of, of.events));
  return made.ok ? found('Every bundle is the one that its job and its import name.', made.value) : made;
}

export function checkPeriodVersions(
  slices: readonly JobSlice[],
  manifests: readonly Manifest[],
): Result<Finding<true>> {
  const made = forEachJob(slices, (of, at) => {
    const manifest = manifests[at];
    if (manifest === undefined) throw new Error('a job without a manifest has a failed check');
    return checkVersions(of.job, manifest, wasStaged(of.events));
  });
  return made.ok ? found('Every version went the way that its kind of job allows.', true) : made;
}

/** Gives the statements in the order of the jobs. No approval is carried that no job counted. */
export function checkPeriodApprovals(
  { approvals }: PeriodReport,
  slices: readonly JobSlice[],
): Result<Finding<readonly (readonly ApprovalStatement[])[]>> {
  const used = new Set(slices.flatMap((of) => of.approvals));
  if (used.size !== approvals.length)
    return refuse('report.approval-invalid', 'The report carries an approval that none of its jobs counted.');
  const made = forEachJob(slices, (of) => checkApprovals(of.approvals, of.job, of.events));
  return made.ok
    ? found(`Each of the ${approvals.length} approvals holds for the jobs that counted it.`, made.value)
    : made;
}

export function checkPeriodPolicies(
  { policies }: PeriodReport,
  slices: readonly JobSlice[],
  statements: readonly (readonly ApprovalStatement[])[],
): Result<Finding<true>> {
  const mislabelled = policies.find(({ digest, text }) => sha256Hex(Buffer.from(text)) !== digest);
  if (mislabelled !== undefined)
    return refuse('report.policy-not-kept', `The policy ${mislabelled.digest} does not have that digest.`);
  const made = forEachJob<true>(slices, ({ events, job, policy }, at) => {
    if (job.policyDigest === null) return found('No policy was applied.', true);
    if (policy === null)
      return refuse(
        'report.policy-not-kept',
        `The report does not carry the policy ${job.policyDigest} that it was judged by.`,
      );
    return checkPolicy(policy, job, statements[at] ?? [], events);
  });
  return made.ok ? found('Every job kept to the policy that it was judged by.', true) : made;
}

export function checkPeriodOperators(slices: readonly JobSlice[]): Result<Finding<true>> {
  const made = forEachJob(slices, (of) => checkExecutedBy(of.job, of.events));
  return made.ok ? found('The log knows everybody who carried a job out, by the names printed here.', true) : made;
}

/** The report's id and its three sentences are what the facts say; their wording is part of the format. */
export function checkPeriodConclusion(model: PeriodReport, treeSize: bigint): Result<Finding<true>> {
  const id = periodIdOf(model);
  if (model.id !== id)
    return refuse('report.conclusion-differs', `The report is called ${model.id}, but its period and time give ${id}.`);
  const expected = concludePeriod({ ...model, eventCount: model.log.events.length, treeSize });
  for (const line of ['what', 'result', 'proof'] as const) {
    if (model.conclusion[line] === expected[line]) continue;
    const reason = `The conclusion says "${model.conclusion[line]}", but the facts say "${expected[line]}".`;
    return refuse('report.conclusion-differs', reason, { line });
  }
  return found('The conclusion says what the facts say.', true);
}

function refuseJobs(id: string, what: string): Result<never> {
  return refuse('report.job-differs', `Job ${id} ${what}.`, { job: id });
}
