import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Refusal, Result } from '../../../contract/result.ts';
import type { OperatorView, Role } from '../../../contract/schema/session.ts';
import { Authentication } from '../../../core/operator/authentication.ts';
import type { OperatorPorts } from '../../../core/operator/authentication.ts';
import type { OperatorEvent } from '../../../core/operator/operator-event.ts';
import { createFactorRule } from '../../../core/operator/factor/factor-rule.ts';
import { SecondFactors } from '../../../core/operator/factor/second-factors.ts';
import { Operators } from '../../../core/operator/operators.ts';
import type { Argon2Cost } from '../../../core/operator/password-hash.ts';
import { loadPasswordBlocklist } from '../../../core/operator/password-policy.ts';
import { Passwords } from '../../../core/operator/passwords.ts';
import { defaultSessionLimits } from '../../../core/operator/session.ts';
import { Sessions } from '../../../core/operator/sessions.ts';
import { migrate } from '../../../core/storage/migrate.ts';
import { migrations } from '../../../core/storage/migrations/index.ts';
import { createFactorRepository } from '../../../core/storage/factor-repository.ts';
import { createOperatorRepository } from '../../../core/storage/operator-repository.ts';
import { openConnection } from '../../../core/storage/sqlite-connection.ts';
import type { SqliteConnection } from '../../../core/storage/sqlite-connection.ts';
import { createStationRepository } from '../../../core/storage/station-repository.ts';
import { createTransact } from '../../../core/storage/transact.ts';
import { TestClock } from '../../helpers/test-clock.ts';

/** The least that Argon2 allows, so that tests are quick. */
export const cheapCost: Argon2Cost = { memoryKib: 8, passes: 1, lanes: 1 };
export const blocklist = loadPasswordBlocklist(
  new URL('../../../resources/password-blocklist.txt', import.meta.url).pathname,
);
export const passwordRules = { blocklist, stationWords: ['drydock', 'North Bench'] };

/** A good password for a username. */
export function passwordOf(username: string): string {
  return `lanterns over the quay: ${username.length} gulls`;
}

export function value<T>(result: Result<T>): T {
  assert.ok(result.ok, result.ok ? '' : `${result.code}: ${result.reason}`);
  return result.value;
}

export function refusal<T>(result: Result<T>, code: Refusal['code'], reason?: RegExp): Refusal {
  assert.ok(!result.ok, 'was accepted');
  assert.equal(result.code, code, result.reason);
  if (reason) assert.match(result.reason, reason);
  return result;
}

export interface OperatorBench {
  readonly clock: TestClock;
  readonly connection: SqliteConnection;
  readonly ports: OperatorPorts;
  readonly events: OperatorEvent[];
  readonly sessions: Sessions;
  readonly operators: Operators;
  readonly passwords: Passwords;
  readonly secondFactors: SecondFactors;
  /** Services as after a restart of the program: same database, nothing remembered. */
  readonly restart: () => OperatorBench;
  /** An operator who has already replaced the initial password. */
  readonly add: (username: string, roles: readonly Role[]) => Promise<OperatorView>;
  readonly login: (username: string) => Promise<string>;
}

/** The room over a real database in memory, with an administrator "admin". */
export async function createOperatorBench(): Promise<OperatorBench> {
  const clock = new TestClock();
  const connection = openConnection(':memory:');
  migrate(connection, migrations, clock);
  const bench = assemble(clock, connection);
  const input = { username: 'admin', printedName: 'Ada Min', password: passwordOf('admin') };
  value(await bench.operators.createFirstAdministrator(input));
  return bench;
}

/** As {@link createOperatorBench}, but with no account at all. */
export function createEmptyBench(): OperatorBench {
  const clock = new TestClock();
  const connection = openConnection(':memory:');
  migrate(connection, migrations, clock);
  return assemble(clock, connection);
}

function assemble(clock: TestClock, connection: SqliteConnection): OperatorBench {
  const events: OperatorEvent[] = [];
  const transact = createTransact(connection, { beforeCommit: [], afterCommit: [] });
  const repository = createOperatorRepository(connection);
  const append = (event: OperatorEvent) => {
    assert.ok(connection.inTransaction, 'an event outside the transaction of its change');
    events.push(event);
  };
  const ports: OperatorPorts = {
    repository,
    audit: { append },
    transact,
    clock,
    randomBytes,
    cost: cheapCost,
    factors: createFactorRepository(connection),
    factorKey: Buffer.alloc(32, 7),
    factorRule: createFactorRule(createStationRepository(connection)),
  };
  const authentication = new Authentication(ports);
  const sessions = new Sessions(ports, authentication, () => defaultSessionLimits);
  const operators = new Operators(ports, passwordRules);
  const passwords = new Passwords(ports, authentication, passwordRules);
  const secondFactors = new SecondFactors(ports, authentication, passwords, () => 'Drydock North: Bench');

  async function add(username: string, roles: readonly Role[]): Promise<OperatorView> {
    const [admin] = operators.list();
    assert.ok(admin);
    const printedName = `${username.slice(0, 1).toUpperCase()}${username.slice(1)} Berg`;
    const initialPassword = 'a first password to be replaced';
    const made = value(
      await operators.createOperator(admin, { username, printedName, roles: [...roles], initialPassword }),
    );
    return value(await passwords.change(made, { currentPassword: initialPassword, newPassword: passwordOf(username) }));
  }

  async function login(username: string): Promise<string> {
    return value(await sessions.login(username, passwordOf(username))).token;
  }

  return {
    clock,
    connection,
    ports,
    events,
    sessions,
    operators,
    passwords,
    secondFactors,
    restart: () => assemble(clock, connection),
    add,
    login,
  };
}
