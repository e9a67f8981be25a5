import { Approvals } from '../policy/approvals.ts';
import { Policies } from '../policy/policies.ts';
import type { PolicyRepository } from '../policy/repository.ts';
import { createPolicyRepository } from '../storage/policy-repository.ts';
import type { RoomContext } from './room-context.ts';

/** The policies in force and the approvals that were signed. */
export interface Rulebook {
  readonly repository: PolicyRepository;
  readonly policies: Policies;
  readonly approvals: Approvals;
}

export function createRulebook({ records, connection, clock }: RoomContext): Rulebook {
  const repository = createPolicyRepository(connection);
  const ports = { repository, audit: records.log, transact: records.transact, clock };
  return { repository, policies: new Policies(ports), approvals: new Approvals(ports) };
}
