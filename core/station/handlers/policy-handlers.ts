import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { PolicyView } from '../../../contract/schema/policy.ts';
import type { PolicyCheck } from '../../../contract/schema/policy-change.ts';
import type { Operators } from '../../operator/operators.ts';
import type { Sessions } from '../../operator/sessions.ts';
import { comparePolicies } from '../../policy/compare-policies.ts';
import type { Policies } from '../../policy/policies.ts';
import { parsePolicy } from '../../policy/policy-document.ts';
import { readBoundedFile } from '../read-bounded-file.ts';
import type { Caller, Handlers } from '../dispatch.ts';

type PolicyHandlers = Pick<
  Handlers,
  | 'policy.install'
  | 'policy.show'
  | 'policy.version'
  | 'policy.check'
  | 'policy.check-draft'
  | 'policy.install-draft'
  | 'policy.list'
>;

export interface PolicyHandlerDeps {
  readonly policies: Policies;
  readonly operators: Pick<Operators, 'list'>;
  readonly sessions: Pick<Sessions, 'reauthenticate'>;
  readonly stationId: string;
  readonly trustedNow: () => Result<Date>;
}

const MAX_POLICY_BYTES = 256 * 1024;

/** Policies in force, and what another one would change. */
export function createPolicyHandlers(deps: PolicyHandlerDeps): PolicyHandlers {
  const { policies, operators } = deps;
  const readFile = (path: string): Result<Buffer> => readBoundedFile(path, MAX_POLICY_BYTES, 'The policy');
  return {
    'policy.install': async ({ path, ...proof }, { token }) => {
      const bytes = readFile(path);
      return bytes.ok ? await installSigned(bytes.value, proof, token, deps) : bytes;
    },
    'policy.show': ({ product }) => policies.findFor(product),
    'policy.version': ({ digest }) => policies.findVersion(digest),
    'policy.check': ({ path }) => {
      const bytes = readFile(path);
      return bytes.ok ? check(bytes.value, policies) : bytes;
    },
    'policy.check-draft': ({ text }) => check(Buffer.from(text, 'utf8'), policies),
    'policy.install-draft': async ({ text, digest, ...proof }, { token }) => {
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
      return await installSigned(bytes, proof, token, deps);
    },
    'policy.list': ({ limit }) => {
      const names = new Map(operators.list().map(({ id, printedName }) => [id, printedName]));
      return accept(
        policies.list(limit).map((line) => ({
          ...line,
          installedByName: line.installedBy === null ? null : (names.get(line.installedBy) ?? null),
        })),
      );
    },
  };
}

interface Proof {
  readonly reason: string;
  readonly password: string;
  readonly code?: string | null | undefined;
}

/** Puts a policy in force in the name of whoever enters the password again (21 CFR 11.200 (a)(1)). */
async function installSigned(
  bytes: Uint8Array,
  { reason, password, code }: Proof,
  token: Caller['token'],
  { policies, sessions, stationId, trustedNow }: PolicyHandlerDeps,
): Promise<Result<PolicyView>> {
  const authority = await sessions.reauthenticate(token, password, code);
  if (!authority.ok) return authority;
  const now = trustedNow();
  if (!now.ok) return now;
  return policies.install(bytes, { signer: authority.value, reason, station: stationId, at: now.value });
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
