import { refuse, type Result } from '../../../contract/result.ts';
import type { AuditEvent } from '../../../contract/schema/audit.ts';
import type { ApprovalRecord, ApprovalStatement } from '../../../contract/schema/policy.ts';
import { sha256Hex } from '../../digest.ts';
import { readStatement, verifyApproval } from '../../policy/approval.ts';
import type { UpdateJob } from '../../update/job.ts';
import { isJobEvent } from '../describe-event.ts';
import { wasStaged } from './check-job.ts';
import { findInstallation } from './check-policy.ts';
import { found, type Finding } from './check-list.ts';

/**
 * Each approval is signed with the key that the log recorded for its operator, was signed on this station, and covers this
 * job: bundle, kind, unit, work order, time. No operator and no key counts twice (21 CFR 11.70, 11.100).
 */
export function checkApprovals(
  approvals: readonly ApprovalRecord[],
  job: UpdateJob,
  events: readonly AuditEvent[],
): Result<Finding<readonly ApprovalStatement[]>> {
  const statements: ApprovalStatement[] = [];
  for (const [index, approval] of approvals.entries()) {
    const claimed = readStatement(approval);
    // Whether that key is the operator's is what the log says, below.
    const statement = claimed.ok ? verifyApproval(approval, claimed.value.operator.publicKeySha256) : claimed;
    if (!statement.ok) return refuseApproval(index, statement.reason);
    const fault =
      findFault(statement.value, job, lastTime(job, events)) ??
      findMissingRecord(approval, statement.value, events) ??
      findRepetition(statement.value, statements);
    if (fault !== null)
      return refuseApproval(index, `The approval of ${statement.value.operator.printedName} ${fault}.`);
    statements.push(statement.value);
  }
  const missing = job.approvals.find((id) => !statements.some((statement) => statement.id === id));
  if (missing !== undefined) {
    return refuse(
      'report.approval-invalid',
      `The job counted the approval ${missing}, but the report does not carry it.`,
    );
  }
  // REQ-OTA-VER-03: whatever the policy says of installing.
  if (statements.length === 0 && job.kind !== 'install' && wasStaged(events)) {
    return refuse(
      'report.approval-invalid',
      `A job of kind ${job.kind} needs an approval, and the report carries none.`,
    );
  }
  if (statements.length === 0) return found('The report carries no approval.', statements);
  const names = statements.map(({ operator }) => operator.printedName).join(', ');
  return found(`Signed for this job with the operator's own key, as the log knows it: ${names}.`, statements);
}

/** When the job ended; of one that is still open, when it was last written. */
function lastTime(job: UpdateJob, events: readonly AuditEvent[]): string {
  return job.endedAt ?? events.findLast(isJobEvent)?.time ?? job.createdAt;
}

/** What is wrong with an approval for this job, as the end of a sentence; null where nothing is. */
function findFault(statement: ApprovalStatement, job: UpdateJob, endedAt: string): string | null {
  const { bundleDigest, expiresAt, id, kind, scope, signedAt } = statement;
  if (!job.approvals.includes(id)) return 'is not one that the job counted';
  if (bundleDigest !== job.bundleDigest) return `is for bundle ${bundleDigest}`;
  if (kind !== job.kind) return `is for a job of kind ${kind}, not ${job.kind}`;
  if (job.product !== null && statement.product !== job.product) return `is for product ${statement.product}`;
  if (scope.serials !== '*' && (job.serial === null || !scope.serials.includes(job.serial)))
    return 'is not for this unit';
  if (scope.workOrder !== null && scope.workOrder !== job.workOrder) return `is for work order ${scope.workOrder}`;
  if (Date.parse(signedAt) > Date.parse(endedAt)) return `was signed at ${signedAt}, after the job ended`;
  if (Date.parse(expiresAt) <= Date.parse(job.createdAt)) return `had ended at ${expiresAt}, before the job began`;
  if (!permitsDowngrade(statement, job)) return 'does not permit this downgrade';
  return null;
}

/** What the log lacks to back an approval: the signing itself, the operator's key, the policy. */
function findMissingRecord(
  approval: ApprovalRecord,
  statement: ApprovalStatement,
  events: readonly AuditEvent[],
): string | null {
  if (!events.some((event) => recordsApproval(event, approval, statement)))
    return 'is not recorded in the log as it stands here';
  if (!events.some((event) => recordsKey(event, statement))) {
    return `is signed with a key that the log does not know for ${statement.operator.username}`;
  }
  if (findInstallation(events, statement.policyDigest) === null) {
    return `names the policy ${statement.policyDigest}, which the log does not know`;
  }
  if (events[0]?.station !== statement.station) return `was signed on station ${statement.station}`;
  return null;
}

function permitsDowngrade({ downgrade }: ApprovalStatement, { versionBefore, versionTarget }: UpdateJob): boolean {
  if (downgrade === null) return true;
  return (
    (versionTarget === null || versionTarget === downgrade.toVersion) &&
    (versionBefore === null || versionBefore <= downgrade.fromVersionAtMost)
  );
}

function findRepetition({ operator }: ApprovalStatement, earlier: readonly ApprovalStatement[]): string | null {
  const repeated = earlier.some(
    (other) => other.operator.id === operator.id || other.operator.publicKeySha256 === operator.publicKeySha256,
  );
  return repeated ? 'stands there twice' : null;
}

function recordsApproval(
  { actor, data, outcome, subject, type }: AuditEvent,
  { signature, statement: text }: ApprovalRecord,
  { bundleDigest, id, operator }: ApprovalStatement,
): boolean {
  return (
    type === 'approval.signed' &&
    outcome === 'done' &&
    subject['approval'] === id &&
    subject['bundle'] === bundleDigest &&
    actor.kind === 'operator' &&
    actor.id === operator.id &&
    data['statementSha256'] === sha256Hex(Buffer.from(text, 'utf8')) &&
    data['signature'] === signature
  );
}

/** A key comes with the first account, or with the first password that an operator sets. */
function recordsKey({ data, outcome, subject, type }: AuditEvent, { operator }: ApprovalStatement): boolean {
  return (
    (type === 'operator.created' || type === 'operator.password-changed') &&
    outcome === 'done' &&
    subject['operator'] === operator.id &&
    data['username'] === operator.username &&
    data['publicKeySha256'] === operator.publicKeySha256
  );
}

function refuseApproval(index: number, what: string): Result<never> {
  return refuse('report.approval-invalid', `Approval ${index + 1} does not hold. ${what}`, { approval: index + 1 });
}
