import * as v from 'valibot';
import { accept, refuse } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import type { AuditActor } from '../../contract/schema/audit.ts';
import { PrintedName, Role, Username } from '../../contract/schema/session.ts';
import type {
  FirstAdministratorInput,
  NewOperatorInput,
  OperatorId,
  OperatorView,
} from '../../contract/schema/session.ts';
import { randomUuid } from '../random-uuid.ts';
import { viewOperator } from './account.ts';
import type { Account } from './account.ts';
import { actingOperator, findAccount, storeChange } from './account-change.ts';
import type { Actor } from './account-change.ts';
import { noAttempts } from './attempt-limit.ts';
import type { OperatorPorts } from './authentication.ts';
import { hashPassword } from './password-hash.ts';
import { checkNewPassword } from './password-policy.ts';
import type { PasswordRules } from './password-policy.ts';
import { createSigningKey } from './signing-key.ts';

const OperatorForm = v.object({
  username: Username,
  printedName: PrintedName,
  roles: v.pipe(
    v.array(Role),
    v.minLength(1, 'must name at least one role'),
    v.check((roles) => new Set(roles).size === roles.length, 'must not name a role twice'),
  ),
});
type OperatorForm = v.InferOutput<typeof OperatorForm>;

/**
 * The accounts of a station. Passwords are hashed before a transaction begins; every change and its audit event are
 * written in one. The caller has checked the permission `operator.manage` for what takes an `actor`.
 */
export class Operators {
  readonly #ports: OperatorPorts;
  readonly #rules: PasswordRules;

  constructor(ports: OperatorPorts, rules: PasswordRules) {
    this.#ports = ports;
    this.#rules = rules;
  }

  list(): readonly OperatorView[] {
    const now = this.#ports.clock.now();
    return this.#ports.repository.listAccounts().map((account) => viewOperator(account, now, this.#ports.factorRule));
  }

  /** Time (UTC) of the operator's last accepted login; null where there was none. */
  lastLoginAt(id: OperatorId): string | null {
    return this.#ports.repository.findLastLogin(id);
  }

  /**
   * Makes the first account, an administrator with a password of his own choice: there is no default password.
   * `alongside` runs in the same transaction: what else a set-up writes stands or falls with the account.
   * Refuses with `operator.already-initialised`, `operator.input-invalid` or a password's refusal.
   */
  async createFirstAdministrator(
    input: FirstAdministratorInput,
    alongside: () => void = () => undefined,
  ): Promise<Result<OperatorView>> {
    const { username, printedName, password } = input;
    const account = await this.#prepare({ username, printedName, roles: ['administrator'] }, password);
    if (!account.ok) return account;
    const signingKey = await createSigningKey(password, {
      operatorId: account.value.id,
      cost: this.#ports.cost,
      randomBytes: this.#ports.randomBytes,
    });
    const first = { ...account.value, signingKey, mustChangePassword: false };
    return this.#ports.transact(() => {
      if (this.#ports.repository.listAccounts().length > 0) {
        return refuse(
          'operator.already-initialised',
          'The station has operators already; an administrator makes further ones.',
        );
      }
      const inserted = this.#insert(first, { kind: 'station' });
      alongside();
      return inserted;
    });
  }

  /**
   * Makes an account whose initial password its operator must replace; only then does it get a signing key, so that
   * nobody who knew the initial password can ever sign in the operator's name (21 CFR 11.200 (a)(2)).
   * Refuses with `operator.input-invalid`, `operator.roles-conflict`, `operator.username-taken` or a password's refusal.
   */
  async createOperator(actor: Actor, input: NewOperatorInput): Promise<Result<OperatorView>> {
    const { username, printedName, roles, initialPassword } = input;
    const account = await this.#prepare({ username, printedName, roles }, initialPassword);
    if (!account.ok) return account;
    return this.#ports.transact(() => {
      // 21 CFR 11.100 (a): a signature is never reassigned, so the name of a disabled account stays taken.
      if (this.#ports.repository.findAccountByUsername(username) !== null) {
        return refuse('operator.username-taken', `The username "${username}" is taken; names are never given twice.`, {
          username,
        });
      }
      return this.#insert(account.value, actingOperator(actor));
    });
  }

  /**
   * Gives an operator other roles, and ends the sessions of before: what was begun in them stood on the old roles. Nobody changes his own
   * (21 CFR 11.10 (g): who hands out a duty does not take it).
   * Refuses with `operator.roles-own`, `operator.unknown`, `operator.input-invalid`, `operator.roles-conflict` or `operator.last-administrator`.
   */
  setRoles(actor: Actor, id: OperatorId, roles: readonly Role[]): Result<OperatorView> {
    if (actor.id === id) {
      return refuse('operator.roles-own', 'Nobody changes their own roles; another administrator does.', {
        operator: id,
      });
    }
    return this.#ports.transact(() => {
      const found = findAccount(this.#ports.repository, id);
      if (!found.ok) return found;
      const { username, printedName, roles: before } = found.value;
      const checked = checkForm({ username, printedName, roles: [...roles] });
      if (!checked.ok) return checked;
      const after = Role.options.filter((role) => roles.includes(role));
      if (Role.options.every((role) => before.includes(role) === after.includes(role))) {
        return accept(viewOperator(found.value, this.#ports.clock.now(), this.#ports.factorRule));
      }
      const last = after.includes('administrator') ? null : this.#refuseLast(found.value, 'lose that role');
      if (last !== null) return last;
      this.#ports.repository.deleteSessionsOf(id);
      const data = { before, after };
      return storeChange(this.#ports, { ...found.value, roles: after }, 'operator.roles-changed', actor, data);
    });
  }

  /**
   * Ends the use of an account, and its sessions; `reason` goes to the audit log.
   * Refuses with `operator.unknown` or `operator.last-administrator`.
   */
  disable(actor: Actor, id: OperatorId, reason: string): Result<OperatorView> {
    return this.#ports.transact(() => {
      const found = findAccount(this.#ports.repository, id);
      if (!found.ok) return found;
      const last = this.#refuseLast(found.value, 'be disabled');
      if (last !== null) return last;
      this.#ports.repository.deleteSessionsOf(id);
      return storeChange(this.#ports, { ...found.value, status: 'disabled' }, 'operator.disabled', actor, { reason });
    });
  }

  /** Logs an operator out wherever he is logged in. Updates that run go on. Refuses with `operator.unknown`. */
  endSessions(actor: Actor, id: OperatorId): Result<OperatorView> {
    return this.#ports.transact(() => {
      const found = findAccount(this.#ports.repository, id);
      if (!found.ok) return found;
      this.#ports.repository.deleteSessionsOf(id);
      return storeChange(this.#ports, found.value, 'operator.sessions-ended', actor, {});
    });
  }

  /** Lifts a lockout. Refuses with `operator.unknown`. */
  unlock(actor: Actor, id: OperatorId): Result<OperatorView> {
    return this.#ports.transact(() => {
      const found = findAccount(this.#ports.repository, id);
      if (!found.ok) return found;
      const data = { failedAttempts: found.value.attempts.failed };
      return storeChange(this.#ports, { ...found.value, attempts: noAttempts }, 'operator.unlocked', actor, data);
    });
  }

  #refuseLast(account: Account, what: string): Refusal | null {
    const others = this.#ports.repository.listAccounts().filter(({ id }) => id !== account.id);
    if (!isActiveAdministrator(account) || others.some(isActiveAdministrator)) return null;
    const reason = `${account.printedName} is the last active administrator and cannot ${what}; make another one first.`;
    return refuse('operator.last-administrator', reason, { operator: account.id });
  }

  async #prepare(form: OperatorForm, password: string): Promise<Result<Account>> {
    const checked = checkForm(form);
    if (!checked.ok) return checked;
    const { username, printedName, roles } = checked.value;
    const allowed = checkNewPassword(password, this.#rules, [username, printedName]);
    if (!allowed.ok) return allowed;
    const { clock, cost, randomBytes } = this.#ports;
    const passwordHash = await hashPassword(password, cost, randomBytes);
    return accept({
      id: randomUuid(randomBytes),
      username,
      printedName,
      roles,
      status: 'active',
      passwordHash,
      mustChangePassword: true,
      hasShortPassword: false,
      hasSecondFactor: false,
      signingKey: null,
      attempts: noAttempts,
      createdAt: clock.now().toISOString(),
    });
  }

  #insert(account: Account, actor: AuditActor): Result<OperatorView> {
    this.#ports.repository.insertAccount(account);
    const { id, username, printedName, roles, signingKey } = account;
    const data = { username, printedName, roles, publicKeySha256: signingKey?.publicKeySha256 ?? null };
    this.#ports.audit.append({ type: 'operator.created', actor, outcome: 'done', subject: { operator: id }, data });
    return accept(viewOperator(account, this.#ports.clock.now(), this.#ports.factorRule));
  }
}

function checkForm(form: OperatorForm): Result<OperatorForm> {
  const parsed = v.safeParse(OperatorForm, form);
  if (!parsed.success) {
    const bad = parsed.issues.map((issue) => `${v.getDotPath(issue) ?? 'input'} ${issue.message}`).join('; ');
    return refuse('operator.input-invalid', `The operator cannot be made: ${bad}.`);
  }
  if (parsed.output.roles.includes('auditor') && parsed.output.roles.length > 1) {
    return refuse('operator.roles-conflict', 'An auditor has no other role: he examines what the others do.', {
      roles: form.roles.join(' '),
    });
  }
  return accept(parsed.output);
}

function isActiveAdministrator(account: Account): boolean {
  return account.status === 'active' && account.roles.includes('administrator');
}
