import { accept, refuse, type Result } from '../../contract/result.ts';
import type { ApprovalState } from '../../contract/schema/approval.ts';
import type { ApprovalKind } from '../../contract/schema/policy.ts';
import type { OperatorView } from '../../contract/schema/session.ts';
import type { BundleRecord } from '../bundle/repository.ts';
import { countApprovals } from '../policy/pending-approval.ts';
import type { PendingSources } from './pending-approvals.ts';

/**
 * How each bundle stands, in the order of the question. Refuses where the clock is not to be trusted, and `update.bundle-unknown` where one of
 * the bundles is not in the store.
 */
export function findApprovalStates(
  { kind, bundleDigests }: { readonly kind: ApprovalKind; readonly bundleDigests: readonly string[] },
  sources: PendingSources,
): Result<ApprovalState[]> {
  const now = sources.trustedNow();
  if (!now.ok) return now;
  const operatorsById = new Map(sources.operators.list().map((known) => [known.id, known]));
  const states: ApprovalState[] = [];
  for (const digest of bundleDigests) {
    const bundle = sources.bundles.get(digest);
    if (bundle === null) return refuse('update.bundle-unknown', `No imported bundle has the digest ${digest}.`);
    states.push(stateOf(bundle, kind, { now: now.value, operatorsById }, sources));
  }
  return accept(states);
}

function stateOf(
  { digest: bundleDigest, manifest, importedBy }: BundleRecord,
  kind: ApprovalKind,
  seen: { readonly now: Date; readonly operatorsById: ReadonlyMap<string, OperatorView> },
  { policies, repository }: PendingSources,
): ApprovalState {
  if (Date.parse(manifest.expires) <= seen.now.getTime()) return { bundleDigest, state: 'expired' };
  const product = manifest.product.id;
  const policy = policies.findFor(product);
  if (!policy.ok) return { bundleDigest, state: 'no-policy', reason: policy.reason };
  const { required, given, limited, ended, untilMs } = countApprovals(repository.approvalsOf(bundleDigest), {
    ...{ kind, bundleDigest, product, policy: policy.value, importerId: importedBy, ...seen },
    withdrawn: new Set(repository.withdrawalsOf(bundleDigest).keys()),
  });
  if (given < required) return { bundleDigest, state: 'waiting', required, given, limited, ended };
  const until = untilMs === null ? null : new Date(untilMs).toISOString();
  return { bundleDigest, state: 'complete', required, until };
}
