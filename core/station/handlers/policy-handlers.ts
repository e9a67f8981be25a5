import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { PolicyCheck } from '../../../contract/schema/policy-change.ts';
import { comparePolicies } from '../../policy/compare-policies.ts';
import type { Policies } from '../../policy/policies.ts';
import { parsePolicy } from '../../policy/policy-document.ts';
import { readBoundedFile } from '../read-bounded-file.ts';
import type { Handlers } from '../dispatch.ts';

type PolicyHandlers = Pick<
  Handlers,
  'policy.install' | 'policy.show' | 'policy.check' | 'policy.check-draft' | 'policy.install-draft' | 'policy.list'
>;

const MAX_POLICY_BYTES = 256 * 1024;

/** Policies in force, and what another one would change. */
export function createPolicyHandlers(policies: Policies): PolicyHandlers {
  const readFile = (path: string): Result<Buffer> => readBoundedFile(path, MAX_POLICY_BYTES, 'The policy');
  return {
    'policy.install': ({ path }, { operator }) => {
      const bytes = readFile(path);
      return bytes.ok ? policies.install(bytes.value, operator) : bytes;
    },
    'policy.show': ({ product }) => policies.findFor(product),
    'policy.check': ({ path }) => {
      const bytes = readFile(path);
      return bytes.ok ? check(bytes.value, policies) : bytes;
    },
    'policy.check-draft': ({ text }) => check(Buffer.from(text, 'utf8'), policies),
    'policy.install-draft': ({ text, digest }, { operator }) => {
      const bytes = Buffer.from(text, 'utf8');
      const policy = parsePolicy(bytes);
      if (!policy.ok) return policy;
      if (policy.value.digest !== digest) {
        return refuse(
          'policy.draft-changed',
          'The policy is not the one that was shown before; look at its differences again.',
          { digest: policy.value.digest, shown: digest },
        );
      }
      return policies.install(bytes, operator);
    },
    'policy.list': ({ limit }) => accept([...policies.list(limit)]),
  };
}

function check(bytes: Uint8Array, policies: Policies): Result<PolicyCheck> {
  const policy = parsePolicy(bytes);
  if (!policy.ok) return policy;
  const { document, digest } = policy.value;
  const found = policies.findFor(document.product);
  const inForce = found.ok ? found.value : null;
  return accept({
    document,
    digest,
    inForce,
    differences: [...comparePolicies(inForce?.document ?? null, document)],
    voidsApprovals: inForce !== null && inForce.digest !== digest,
  });
}
