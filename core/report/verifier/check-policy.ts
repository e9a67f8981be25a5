import { refuse, type Result } from '../../../contract/result.ts';
import type { AuditEvent } from '../../../contract/schema/audit.ts';
import type { ApprovalStatement, PolicyDocument } from '../../../contract/schema/policy.ts';
import type { UpdateJob } from '../../update/job.ts';
import { parsePolicy } from '../../policy/policy-document.ts';
import { found, type Finding } from './check-list.ts';
import { wasStaged } from './check-job.ts';

/**
 * The policy carried is one that the log saw installed and that each approval names; and where the unit was written to, the
 * job kept to it: enough approvals, nobody in two roles, and for a confirmed job every self-test that it asks for
 * (REQ-OTA-POL-01).
 */
export function checkPolicy(
  text: string,
  job: UpdateJob,
  statements: readonly ApprovalStatement[],
  events: readonly AuditEvent[],
): Result<Finding<true>> {
  const policy = parsePolicy(Buffer.from(text));
  if (!policy.ok) return refusePolicy(`The policy cannot be read: ${policy.reason}`);
  const { digest, document } = policy.value;
  const installed = findInstallation(events, digest);
  if (installed === null) return refusePolicy(`The log does not know the policy ${digest} that the report carries.`);
  const other = statements.find(({ policyDigest }) => policyDigest !== digest);
  if (other !== undefined)
    return refusePolicy(`${other.operator.printedName} approved under another policy, ${other.policyDigest}.`);
  const breach = wasStaged(events) ? findBreach(document, job, statements) : null;
  if (breach !== null) return refusePolicy(breach);
  return found(`The job kept to the policy ${digest}, installed with event ${installed.seq}.`, true);
}

/** The event that put a policy in force; null where the report holds none. */
export function findInstallation(events: readonly AuditEvent[], digest: string): AuditEvent | null {
  const installed = events.find(
    ({ data, outcome, type }) => type === 'policy.installed' && outcome === 'done' && data['digest'] === digest,
  );
  return installed ?? null;
}

/** How the job broke its policy, as a sentence; null where it did not. */
function findBreach(document: PolicyDocument, job: UpdateJob, statements: readonly ApprovalStatement[]): string | null {
  const { approvals, execution, product, selfTest } = document;
  if (product !== '*' && product !== job.product)
    return `The policy is for product ${product}, the unit is ${job.product ?? 'unknown'}.`;
  // REQ-OTA-VER-03: a recovery and a downgrade need an approval of their own whatever the policy says of installing.
  const required = job.kind === 'install' ? approvals.required : Math.max(1, approvals.required);
  if (statements.length < required)
    return `The policy requires ${required} approvals, the report carries ${statements.length}.`;
  const own = [job.executedBy, ...job.actors].find(({ id }) => statements.some(({ operator }) => operator.id === id));
  if (own && execution.separateFromApprover)
    return `${own.printedName} approved the update and carried it out, which the policy forbids.`;
  if (job.state !== 'confirmed') return null;
  const missing = selfTest.required.find(
    (name) => !job.selfTest?.results.some((result) => result.name === name && result.passed),
  );
  return missing === undefined
    ? null
    : `The policy requires the self-test ${missing}, which the unit did not report as passed.`;
}

function refusePolicy(reason: string): Result<never> {
  return refuse('report.policy-not-kept', reason);
}
