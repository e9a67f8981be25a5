import { join } from 'node:path';
import type { OperationInput } from '../../contract/operations.ts';
import type { Result } from '../../contract/result.ts';
import type { OperatorView } from '../../contract/schema/session.ts';
import { deriveSecret } from '../audit/station-key.ts';
import type { Actor } from '../operator/account-change.ts';
import { Authentication } from '../operator/authentication.ts';
import { enableAccount } from '../operator/enable-account.ts';
import { createFactorRule } from '../operator/factor/factor-rule.ts';
import { SecondFactors } from '../operator/factor/second-factors.ts';
import { Operators } from '../operator/operators.ts';
import type { Argon2Cost } from '../operator/password-hash.ts';
import { loadPasswordBlocklist } from '../operator/password-policy.ts';
import { Passwords } from '../operator/passwords.ts';
import { createSessionLimits } from '../operator/session-limits.ts';
import { Sessions } from '../operator/sessions.ts';
import { createFactorRepository } from '../storage/factor-repository.ts';
import { createOperatorRepository } from '../storage/operator-repository.ts';
import type { RoomContext } from './room-context.ts';

/** Accounts, passwords and sessions. */
export interface People {
  readonly operators: Operators;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly secondFactors: SecondFactors;
  readonly enable: (actor: Actor, input: OperationInput<'operator.enable'>) => Promise<Result<OperatorView>>;
}

export function createPeople(
  { records, connection, clock, randomBytes, resources }: RoomContext,
  cost: Argon2Cost,
): People {
  const { log: audit, transact, settings } = records;
  const repository = createOperatorRepository(connection);
  const ports = {
    repository,
    audit,
    transact,
    clock,
    randomBytes,
    cost,
    factors: createFactorRepository(connection),
    factorKey: deriveSecret(records.key, 'drydock-second-factor/1'),
    factorRule: createFactorRule(settings),
  };
  const rules = {
    blocklist: loadPasswordBlocklist(join(resources, 'password-blocklist.txt')),
    // Read anew each time: the station may be named, or renamed, while it is open.
    get stationWords() {
      const name = settings.get('name');
      return name === null ? ['drydock'] : ['drydock', name];
    },
  };
  const authentication = new Authentication(ports);
  const passwords = new Passwords(ports, authentication, rules);
  const issuer = (): string => `Drydock ${settings.get('name') ?? ''}`.trim();
  return {
    operators: new Operators(ports, rules),
    passwords,
    enable: (actor, input) => enableAccount({ ports, passwords }, actor, input),
    secondFactors: new SecondFactors(ports, authentication, passwords, issuer),
    sessions: new Sessions(ports, authentication, createSessionLimits(settings)),
  };
}
