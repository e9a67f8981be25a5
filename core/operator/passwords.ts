import { accept, refuse } from '../../contract/result.ts';
import type { Result } from '../../contract/result.ts';
import type { ChangePasswordInput, OperatorId, OperatorView } from '../../contract/schema/session.ts';
import type { Account } from './account.ts';
import { findAccount, storeChange } from './account-change.ts';
import type { Actor } from './account-change.ts';
import { noAttempts } from './attempt-limit.ts';
import type { Authentication, OperatorPorts } from './authentication.ts';
import { hashPassword } from './password-hash.ts';
import { checkNewPassword, isShortPassword, normalizePassword } from './password-policy.ts';
import type { PasswordRules } from './password-policy.ts';
import { createSigningKey, resealSigningKey } from './signing-key.ts';
import type { SealedSigningKey } from './signing-key.ts';

/** How passwords change, and the signing keys with them. Hashing is done before the transaction, which is synchronous. */
export class Passwords {
  readonly #ports: OperatorPorts;
  readonly #authentication: Authentication;
  readonly #rules: PasswordRules;

  constructor(ports: OperatorPorts, authentication: Authentication, rules: PasswordRules) {
    this.#ports = ports;
    this.#authentication = authentication;
    this.#rules = rules;
  }

  /**
   * Replaces the operator's own password and seals the signing key anew under it (or makes it, the first time). All of
   * the operator's sessions end. Wrong current passwords count as failed logins.
   * Refuses with `operator.unknown`, `operator.password-unchanged`, as `checkNewPassword` and `Authentication.verify` do,
   * or with `operator.key-damaged`.
   */
  async change(
    actor: Actor,
    { currentPassword, newPassword, code = null }: ChangePasswordInput,
  ): Promise<Result<OperatorView>> {
    const found = findAccount(this.#ports.repository, actor.id);
    if (!found.ok) return found;
    const { username } = found.value;
    const verified = await this.#authentication.verify(
      { by: 're-authentication', username },
      { password: currentPassword, code },
      accept,
    );
    if (!verified.ok) return verified;
    const before = verified.value;
    if (normalizePassword(newPassword) === normalizePassword(currentPassword)) {
      return refuse('operator.password-unchanged', 'The new password is the one that you have now.');
    }
    const allowed = checkNewPassword(newPassword, this.#rules, [username, before.printedName], before.hasSecondFactor);
    if (!allowed.ok) return allowed;
    const signingKey = await this.#moveKey(before, currentPassword, newPassword);
    if (!signingKey.ok) return signingKey;
    const passwordHash = await hashPassword(newPassword, this.#ports.cost, this.#ports.randomBytes);
    const hasShortPassword = isShortPassword(newPassword);
    return this.#ports.transact(() => {
      const now = findAccount(this.#ports.repository, actor.id);
      if (!now.ok) return now;
      const isSame =
        now.value.passwordHash === before.passwordHash && now.value.hasSecondFactor === before.hasSecondFactor;
      if (!isSame || now.value.status !== 'active') {
        return refuse('operator.password-wrong', 'The account was changed at the same moment; log in again.');
      }
      this.#ports.repository.deleteSessionsOf(actor.id);
      const changed = {
        ...now.value,
        passwordHash,
        signingKey: signingKey.value,
        mustChangePassword: false,
        hasShortPassword,
      };
      const facts = { by: 'operator', publicKeySha256: signingKey.value.publicKeySha256 };
      return storeChange(this.#ports, changed, 'operator.password-changed', actor, facts);
    });
  }

  /**
   * Gives an operator who forgot the password a new initial one. The signing key is lost with the old password, and
   * approvals that it signed count for no further installation. A second factor stays; `alongside` changes what else is to be changed, in the
   * same transaction. Refuses with `operator.unknown` or as `checkNewPassword`.
   */
  async reset(
    actor: Actor,
    id: OperatorId,
    initialPassword: string,
    alongside: (account: Account) => Account = (account) => account,
  ): Promise<Result<OperatorView>> {
    const found = findAccount(this.#ports.repository, id);
    if (!found.ok) return found;
    const allowed = checkNewPassword(initialPassword, this.#rules, [found.value.username, found.value.printedName]);
    if (!allowed.ok) return allowed;
    const passwordHash = await hashPassword(initialPassword, this.#ports.cost, this.#ports.randomBytes);
    return this.#ports.transact(() => {
      const now = findAccount(this.#ports.repository, id);
      if (!now.ok) return now;
      this.#ports.repository.deleteSessionsOf(id);
      const reset = {
        ...alongside(now.value),
        passwordHash,
        signingKey: null,
        mustChangePassword: true,
        hasShortPassword: false,
        attempts: noAttempts,
      };
      const facts = { by: 'administrator', withdrawnKeySha256: now.value.signingKey?.publicKeySha256 ?? null };
      return storeChange(this.#ports, reset, 'operator.password-changed', actor, facts);
    });
  }

  async #moveKey(account: Account, currentPassword: string, newPassword: string): Promise<Result<SealedSigningKey>> {
    const { cost, randomBytes } = this.#ports;
    const context = { operatorId: account.id, cost, randomBytes };
    if (account.signingKey === null) return accept(await createSigningKey(newPassword, context));
    return resealSigningKey(account.signingKey, currentPassword, newPassword, context);
  }
}
