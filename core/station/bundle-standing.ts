import { accept, type Result } from '../../contract/result.ts';
import type { ApprovalRecord } from '../../contract/schema/policy.ts';
import type { OperatorId, OperatorView } from '../../contract/schema/session.ts';
import { checkLifetime } from '../bundle/check-manifest.ts';
import type { BundleRecord } from '../bundle/repository.ts';
import { evaluateApprovals, type CountedApprovals } from '../policy/evaluate-approvals.ts';
import type { Policies } from '../policy/policies.ts';
import type { Clock } from '../ports.ts';
import type { InstallableBundles } from '../update/install-rules.ts';

export interface StandingSources {
  readonly clock: Clock;
  readonly policies: Policies;
  readonly approvalsOf: (bundleDigest: string) => readonly ApprovalRecord[];
  /** Ids of approvals of the bundle that were taken back. */
  readonly withdrawnOf: (bundleDigest: string) => ReadonlySet<string>;
  readonly operators: () => readonly OperatorView[];
  readonly verifyAgain: InstallableBundles['verifyAgain'];
}

/**
 * Whether a bundle may say how units are driven, asked as the preflight asks whether it may be installed: lifetime, policy, approvals,
 * then signature, chain and revocation, all as of now. A profile decides before a serial number or a work order is known, and for every
 * unit with its USB ids: so only approvals to install, for all serial numbers and under any work order, count. `executorIds`: whose own
 * approvals do not count, where the policy keeps these duties apart; nobody's while a unit is only recognised.
 *
 * Refuses with `bundle.…`, `policy.…` or `trust.…`.
 */
export async function checkBundleStanding(
  record: BundleRecord,
  executorIds: readonly OperatorId[],
  { clock, policies, approvalsOf, withdrawnOf, operators, verifyAgain }: StandingSources,
): Promise<Result<CountedApprovals>> {
  const now = clock.now();
  const { digest, manifest, importedBy } = record;
  const lifetime = checkLifetime(manifest, now);
  if (lifetime !== null) return lifetime;
  const policy = policies.findFor(manifest.product.id);
  if (!policy.ok) return policy;
  const counted = evaluateApprovals(approvalsOf(digest), {
    kind: 'install',
    bundleDigest: digest,
    product: manifest.product.id,
    serial: null,
    workOrder: null,
    // Asked of downgrades only.
    imageVersion: 0,
    policy: policy.value,
    executorIds,
    importerId: importedBy,
    now,
    withdrawn: withdrawnOf(digest),
    operatorsById: new Map(operators().map((operator) => [operator.id, operator])),
  });
  if (!counted.ok) return counted;
  // Last, because it costs the most; a bundle that nobody approved is not verified at each look.
  const verified = await verifyAgain(digest);
  return verified.ok ? accept(counted.value) : verified;
}
