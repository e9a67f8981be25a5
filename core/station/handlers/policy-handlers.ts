import type { Policies } from '../../policy/policies.ts';
import { readBoundedFile } from '../read-bounded-file.ts';
import type { Handlers } from '../dispatch.ts';

const MAX_POLICY_BYTES = 256 * 1024;

/** Policies in force. */
export function createPolicyHandlers(policies: Policies): Pick<Handlers, 'policy.install' | 'policy.show'> {
  return {
    'policy.install': ({ path }, { operator }) => {
      const bytes = readBoundedFile(path, MAX_POLICY_BYTES, 'The policy');
      return bytes.ok ? policies.install(bytes.value, operator) : bytes;
    },
    'policy.show': ({ product }) => policies.findFor(product),
  };
}
