import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { BundleRepository } from '../../bundle/repository.ts';
import type { Operators } from '../../operator/operators.ts';
import type { Sessions } from '../../operator/sessions.ts';
import type { Approvals } from '../../policy/approvals.ts';
import type { Policies } from '../../policy/policies.ts';
import type { PolicyRepository } from '../../policy/repository.ts';
import { checkWithdrawal } from '../../policy/withdraw-approval.ts';
import type { RandomBytes } from '../../ports.ts';
import type { Handlers } from '../dispatch.ts';
import { findApprovalStates } from '../approval-states.ts';
import { findPendingApprovals } from '../pending-approvals.ts';

type ApprovalHandlers = Pick<
  Handlers,
  | 'approval.sign'
  | 'approval.list'
  | 'approval.pending'
  | 'approval.state'
  | 'approval.withdraw'
  | 'approval.withdrawals'
>;

export interface ApprovalHandlerDeps {
  readonly policies: Policies;
  readonly approvals: Approvals;
  readonly repository: PolicyRepository;
  readonly bundles: BundleRepository;
  readonly sessions: Sessions;
  readonly operators: Operators;
  readonly stationId: string;
  readonly randomBytes: RandomBytes;
  readonly trustedNow: () => Result<Date>;
}

/** The electronic signatures that policies ask for: given, taken back, and still missing. */
export function createApprovalHandlers(deps: ApprovalHandlerDeps): ApprovalHandlers {
  const { policies, approvals, repository, bundles, sessions, stationId, randomBytes, trustedNow } = deps;
  return {
    'approval.sign': async ({ request, password, code }, { token }) => {
      const bundle = bundles.get(request.bundleDigest);
      if (bundle === null || bundle.manifest.product.id !== request.product) {
        return refuse(
          'update.bundle-unknown',
          `No imported bundle for ${request.product} has the digest ${request.bundleDigest}.`,
        );
      }
      // A clock that was set back would date the signature falsely (21 CFR 11.50 (a)(2)).
      const now = trustedNow();
      if (!now.ok) return now;
      const policy = policies.findFor(request.product);
      if (!policy.ok) return policy;
      const authority = await sessions.reauthenticate(token, password, code);
      if (!authority.ok) return authority;
      const context = { policy: policy.value, importerId: bundle.importedBy, station: stationId, randomBytes };
      return approvals.sign(authority.value, request, context);
    },
    'approval.withdraw': async ({ password, code, ...request }, { token, operator }) => {
      const now = trustedNow();
      if (!now.ok) return now;
      const own = checkWithdrawal(repository.findApproval(request.approval), request, operator);
      if (!own.ok) return own;
      const authority = await sessions.reauthenticate(token, password, code);
      return authority.ok ? approvals.withdraw(authority.value, request, stationId) : authority;
    },
    'approval.list': ({ bundleDigest }) => accept([...approvals.list(bundleDigest)]),
    'approval.withdrawals': ({ bundleDigest }) => accept([...approvals.withdrawals(bundleDigest)]),
    'approval.state': (question) => findApprovalStates(question, deps),
    'approval.pending': ({ kinds, limit }, { operator }) => findPendingApprovals({ kinds, limit, operator }, deps),
  };
}
