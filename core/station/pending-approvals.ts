import { accept, type Result } from '../../contract/result.ts';
import type { OperationOutput } from '../../contract/operations.ts';
import type { PendingApproval } from '../../contract/schema/approval.ts';
import type { ApprovalKind } from '../../contract/schema/policy.ts';
import type { OperatorView } from '../../contract/schema/session.ts';
import type { BundleRecord, BundleRepository } from '../bundle/repository.ts';
import type { Operators } from '../operator/operators.ts';
import { effectivePermissions } from '../operator/permission.ts';
import { findMissingApprovals } from '../policy/pending-approval.ts';
import type { Policies } from '../policy/policies.ts';
import type { PolicyRepository } from '../policy/repository.ts';

export interface PendingQuestion {
  readonly kinds: readonly ApprovalKind[];
  readonly limit: number;
  readonly operator: OperatorView;
}

export interface PendingSources {
  readonly policies: Policies;
  readonly repository: PolicyRepository;
  readonly bundles: BundleRepository;
  readonly operators: Operators;
  readonly trustedNow: () => Result<Date>;
}

/** Bundles in the store that have not expired and lack approvals, newest import first. Refuses where the clock is not to be trusted. */
export function findPendingApprovals(
  { kinds, limit, operator }: PendingQuestion,
  sources: PendingSources,
): Result<OperationOutput<'approval.pending'>> {
  const now = sources.trustedNow();
  if (!now.ok) return now;
  const operatorsById = new Map(sources.operators.list().map((known) => [known.id, known]));
  const asker = { operator, maySign: effectivePermissions(operator).includes('approval.sign') };
  const all = sources.bundles
    .list()
    .filter(({ manifest }) => Date.parse(manifest.expires) > now.value.getTime())
    .flatMap((bundle) =>
      kinds.flatMap((kind) => findPending(bundle, kind, { now: now.value, operatorsById, asker }, sources) ?? []),
    );
  return accept({ pending: all.slice(0, limit), omitted: Math.max(0, all.length - limit) });
}

/** Null where nothing is missing, and where no policy says what would be. */
function findPending(
  bundle: BundleRecord,
  kind: ApprovalKind,
  { now, operatorsById, asker }: PendingContext,
  { policies, repository }: PendingSources,
): PendingApproval | null {
  const { digest, manifest, importedAt, importedBy } = bundle;
  const policy = policies.findFor(manifest.product.id);
  if (!policy.ok) return null;
  const question = {
    kind,
    bundleDigest: digest,
    product: manifest.product.id,
    policy: policy.value,
    importerId: importedBy,
    now,
    operatorsById,
    withdrawn: new Set(repository.withdrawalsOf(digest).keys()),
  };
  const missing = findMissingApprovals(repository.approvalsOf(digest), question, asker);
  if (missing === null) return null;
  return {
    bundleDigest: digest,
    product: manifest.product,
    release: manifest.release.name,
    changeControl: manifest.release.changeControl,
    versions: manifest.images.map(({ version }) => version),
    importedAt,
    importedBy: operatorsById.get(importedBy)?.printedName ?? null,
    kind,
    policyDigest: policy.value.digest,
    reasonCodes: [...policy.value.document.approvals.reasonCodes],
    ...missing,
    until: manifest.expires,
  };
}

interface PendingContext {
  readonly now: Date;
  readonly operatorsById: ReadonlyMap<string, OperatorView>;
  readonly asker: { readonly operator: OperatorView; readonly maySign: boolean };
}
