import * as v from 'valibot';
import { refuse, accept, type Result } from '../../contract/result.ts';
import type { AuditEvent, AuditEventType } from '../../contract/schema/audit.ts';
import { BundleSigner } from '../../contract/schema/bundle.ts';
import type { ApprovalRecord } from '../../contract/schema/policy.ts';
import type { AuditLog } from '../audit/audit-log.ts';
import { leafOf } from '../audit/event.ts';
import type { AuditFilter } from '../audit/repository.ts';
import type { BundleRepository } from '../bundle/repository.ts';
import { readStatement } from '../policy/approval.ts';
import type { PolicyRepository } from '../policy/repository.ts';
import type { JobReportSource, ProvenEvent } from '../report/report-model.ts';
import type { UpdateJob } from '../update/job.ts';
import type { UpdateRepository } from '../update/repository.ts';

export interface ReportRecords {
  readonly log: AuditLog;
  readonly jobs: UpdateRepository;
  readonly bundles: BundleRepository;
  readonly policies: PolicyRepository;
}

type JobEvidence = Pick<JobReportSource, 'job' | 'events' | 'bundle' | 'approvals' | 'policy' | 'checkpoint'> & {
  /** Event of the import that the job stands on; null where the log holds none. */
  readonly importSeq: number | null;
};

/** The log as it stood at one moment: what proofs lead to while it grows on. */
export interface LogHead {
  readonly size: number;
  readonly checkpoint: string | null;
}

/** The log as it stands now. */
export function headOf(log: AuditLog): LogHead {
  return { size: log.size(), checkpoint: log.checkpoint() };
}

const PAGE = 500;

/**
 * Gathers what a job's report stands on: the job's own events, and those of its bundle, its approvals, the policies and keys that
 * they name, with proofs to the head of the log. Refuses with `update.job-unknown` or `update.bundle-unknown`.
 */
export function gatherEvidence(
  jobId: string,
  records: ReportRecords,
  head: LogHead = headOf(records.log),
): Result<JobEvidence> {
  const { log, jobs, bundles, policies } = records;
  const job = jobs.job(jobId);
  if (job === null) return refuse('update.job-unknown', `There is no job ${jobId}.`);
  const bundle = bundles.get(job.bundleDigest);
  const { checkpoint, size } = head;
  if (bundle === null || checkpoint === null) {
    return refuse(
      'update.bundle-unknown',
      `The bundle ${job.bundleDigest} of the job is not in this station's records.`,
    );
  }
  const approvals = job.approvals.flatMap((id) => policies.findApproval(id) ?? []);
  const prove = (event: AuditEvent): ProvenEvent => ({
    seq: event.seq,
    leaf: leafOf(event),
    proof: log.inclusionProof(event.seq, size),
  });
  const jobEvents = eventsWhere(log, { job: jobId }, () => true);
  const imported = findImport(log, job, jobEvents);
  // What came into the log after its head was taken has no proof to it.
  const isWithin = ({ seq }: AuditEvent): boolean => seq <= size;
  const events = [
    ...jobEvents,
    ...(imported === null ? [] : [imported.event]),
    ...eventsWhere(log, { bundle: job.bundleDigest, types: ['approval.signed'] }, (event) => isCounted(event, job)),
    ...eventsWhere(log, { types: operatorKeyEvents }, (event) => names(event, involvedOperators(job, approvals))),
    ...eventsWhere(log, { types: ['policy.installed'] }, (event) => installs(event, policyDigests(job, approvals))),
  ]
    .filter(isWithin)
    .map(prove);
  return accept({
    job,
    importSeq: imported?.event.seq ?? null,
    events,
    bundle: { manifest: bundle.manifestText, signers: imported?.signers ?? bundle.signers },
    approvals,
    policy: policies.findPolicy(job.policyDigest ?? '')?.document ?? null,
    checkpoint,
  });
}

const operatorKeyEvents: readonly AuditEventType[] = ['operator.created', 'operator.password-changed'];

interface BundleImport {
  readonly event: AuditEvent;
  readonly signers: readonly BundleSigner[];
}

/**
 * The import whose signature the job verified last: a bundle that was imported again, under a newer signature, after the job had
 * ended changes nothing about the job.
 */
function findImport(log: AuditLog, { bundleDigest }: UpdateJob, jobEvents: readonly AuditEvent[]): BundleImport | null {
  const verified = jobEvents.find(isSignatureCheck) ?? jobEvents[0];
  const isTheirs = ({ outcome, seq }: AuditEvent) => outcome === 'done' && seq < (verified?.seq ?? 0);
  const event = eventsWhere(log, { bundle: bundleDigest, types: ['bundle.imported'] }, isTheirs)[0];
  const signers = v.safeParse(v.array(BundleSigner), event?.data['signers']);
  return event !== undefined && signers.success ? { event, signers: signers.output } : null;
}

/** The event that carries a check of the bundle's signature. */
function isSignatureCheck({ data }: AuditEvent): boolean {
  const checks = v.safeParse(ChecksMade, data);
  return checks.success && checks.output.change.checks.some(({ name }) => name === 'signature');
}

const ChecksMade = v.looseObject({ change: v.looseObject({ checks: v.array(v.looseObject({ name: v.string() })) }) });

/** Only the approvals that this job counted. */
function isCounted(event: AuditEvent, job: UpdateJob): boolean {
  return event.outcome === 'done' && job.approvals.includes(event.subject.approval ?? '');
}

function names(event: AuditEvent, operators: ReadonlySet<string>): boolean {
  return event.outcome === 'done' && operators.has(event.subject.operator ?? '');
}

function installs({ data }: AuditEvent, digests: ReadonlySet<string>): boolean {
  return typeof data['digest'] === 'string' && digests.has(data['digest']);
}

function involvedOperators(job: UpdateJob, approvals: readonly ApprovalRecord[]): ReadonlySet<string> {
  return new Set([
    ...[job.executedBy, ...job.actors].map(({ id }) => id),
    ...statementsOf(approvals).map(({ operator }) => operator.id),
  ]);
}

/** The policy that the job was judged by, and those that its approvals name. */
function policyDigests({ policyDigest }: UpdateJob, approvals: readonly ApprovalRecord[]): ReadonlySet<string> {
  const named = statementsOf(approvals).map((statement) => statement.policyDigest);
  return new Set(policyDigest === null ? named : [...named, policyDigest]);
}

function statementsOf(approvals: readonly ApprovalRecord[]) {
  return approvals.flatMap((record) => {
    const statement = readStatement(record);
    return statement.ok ? [statement.value] : [];
  });
}

function eventsWhere(log: AuditLog, filter: AuditFilter, matches: (event: AuditEvent) => boolean): AuditEvent[] {
  const found: AuditEvent[] = [];
  for (let before: number | undefined; ;) {
    const page = log.list({ filter, limit: PAGE, ...(before === undefined ? {} : { before }) });
    found.push(...page.filter(matches));
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) return found;
    before = last.seq;
  }
}
