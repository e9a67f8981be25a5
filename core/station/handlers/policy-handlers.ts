import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { BundleRepository } from '../../bundle/repository.ts';
import type { Sessions } from '../../operator/sessions.ts';
import type { Approvals } from '../../policy/approvals.ts';
import type { Policies } from '../../policy/policies.ts';
import type { RandomBytes } from '../../ports.ts';
import { readBoundedFile } from '../read-bounded-file.ts';
import type { Handlers } from '../dispatch.ts';

type PolicyHandlers = Pick<Handlers, 'policy.install' | 'policy.show' | 'approval.sign' | 'approval.list'>;

export interface PolicyHandlerDeps {
  readonly policies: Policies;
  readonly approvals: Approvals;
  readonly bundles: BundleRepository;
  readonly sessions: Sessions;
  readonly stationId: string;
  readonly randomBytes: RandomBytes;
  readonly trustedNow: () => Result<Date>;
}

const MAX_POLICY_BYTES = 256 * 1024;

/** Policies in force, and the electronic signatures that they ask for. */
export function createPolicyHandlers(deps: PolicyHandlerDeps): PolicyHandlers {
  const { policies, approvals, bundles, sessions, stationId, randomBytes, trustedNow } = deps;
  return {
    'policy.install': ({ path }, { operator }) => {
      const bytes = readBoundedFile(path, MAX_POLICY_BYTES, 'The policy');
      return bytes.ok ? policies.install(bytes.value, operator) : bytes;
    },
    'policy.show': ({ product }) => policies.findFor(product),
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
    'approval.list': ({ bundleDigest }) => accept([...approvals.list(bundleDigest)]),
  };
}
