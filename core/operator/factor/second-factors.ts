import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { FactorEnrolment, OwnFactor, RecoveryCodes } from '../../../contract/schema/second-factor.ts';
import type { OperatorId, OperatorView, Role } from '../../../contract/schema/session.ts';
import type { Account } from '../account.ts';
import { actingOperator, findAccount, storeChange } from '../account-change.ts';
import type { Actor } from '../account-change.ts';
import type { Authentication, OperatorPorts, Proof } from '../authentication.ts';
import type { Passwords } from '../passwords.ts';
import { PendingEnrolments } from './pending-enrolments.ts';
import { hashRecoveryCode, makeRecoveryCodes } from './recovery-code.ts';
import { sealSecret } from './sealed-secret.ts';

/** How operators get a second factor, and lose it. Every change and its audit event are written in one transaction. */
export class SecondFactors {
  readonly #ports: OperatorPorts;
  readonly #authentication: Authentication;
  readonly #passwords: Passwords;
  readonly #pending: PendingEnrolments;

  constructor(
    ports: OperatorPorts,
    authentication: Authentication,
    passwords: Passwords,
    /** By which an authenticator app names the station among others. */
    issuer: () => string,
  ) {
    this.#ports = ports;
    this.#authentication = authentication;
    this.#passwords = passwords;
    this.#pending = new PendingEnrolments(ports, issuer);
  }

  /**
   * Begins the enrolment of the operator's own second factor (or of another one in its place, with a code of the present one). Nothing is
   * stored until {@link confirm}. Refuses with `operator.unknown` or as `Authentication.verify`.
   */
  async enrol(actor: Actor, proof: Proof): Promise<Result<FactorEnrolment>> {
    const verified = await this.#verify(actor, proof);
    return verified.ok ? accept(this.#pending.begin(verified.value)) : verified;
  }

  /**
   * Ends the enrolment with a first code, which shows that the app has the secret. The recovery codes are told this once.
   * Refuses with `operator.enrolment-unknown`, `operator.code-wrong` or `operator.unknown`.
   */
  confirm(actor: Actor, code: string): Result<RecoveryCodes> {
    const confirmed = this.#pending.confirm(actor.id, code);
    if (!confirmed.ok) return confirmed;
    const { secret, step } = confirmed.value;
    const { factors, factorKey, randomBytes, clock, transact } = this.#ports;
    return transact(() => {
      const found = findAccount(this.#ports.repository, actor.id);
      if (!found.ok) return found;
      const codes = makeRecoveryCodes(randomBytes);
      const factor = {
        operatorId: actor.id,
        secret: sealSecret(secret, factorKey, actor.id, randomBytes),
        lastStep: step,
        enrolledAt: clock.now().toISOString(),
      };
      factors.replaceFactor(factor, hashAll(codes));
      const account = { ...found.value, hasSecondFactor: true };
      const stored = storeChange(this.#ports, account, 'operator.factor-enrolled', actor, {
        replaced: found.value.hasSecondFactor,
      });
      return stored.ok ? accept({ operator: stored.value, recoveryCodes: [...codes] }) : stored;
    });
  }

  /** How the operator's own factor stands: since when, and how many recovery codes are left. */
  inspect({ id }: Actor): OwnFactor {
    const { factors } = this.#ports;
    const factor = factors.findFactor(id);
    return factor === null
      ? { enrolledAt: null, recoveryCodesLeft: 0 }
      : { enrolledAt: factor.enrolledAt, recoveryCodesLeft: factors.countRecoveryCodes(id) };
  }

  /** Makes new recovery codes; the old ones no longer work. Refuses with `operator.factor-missing` or as {@link enrol}. */
  async renewRecoveryCodes(actor: Actor, proof: Proof): Promise<Result<RecoveryCodes>> {
    const verified = await this.#verify(actor, proof);
    if (!verified.ok) return verified;
    return this.#ports.transact(() => {
      const found = this.#findEnrolled(actor.id);
      if (!found.ok) return found;
      const codes = makeRecoveryCodes(this.#ports.randomBytes);
      this.#ports.factors.replaceRecoveryCodes(actor.id, hashAll(codes));
      const stored = storeChange(this.#ports, found.value, 'operator.recovery-codes-made', actor, {});
      return stored.ok ? accept({ operator: stored.value, recoveryCodes: [...codes] }) : stored;
    });
  }

  /**
   * Gives up the operator's own second factor. Refuses with `operator.factor-missing`, `operator.factor-required` where the station asks
   * the role for one, `operator.factor-guards-password` where the password is too short to stand alone, or as {@link enrol}.
   */
  async remove(actor: Actor, proof: Proof): Promise<Result<OperatorView>> {
    const verified = await this.#verify(actor, proof);
    if (!verified.ok) return verified;
    return this.#ports.transact(() => {
      const found = this.#findEnrolled(actor.id);
      if (!found.ok) return found;
      const required = this.#ports.factorRule.roles().find((role) => found.value.roles.includes(role));
      if (required !== undefined) {
        const reason = `This station asks every ${required} for a second factor; enrol another one in its place instead.`;
        return refuse('operator.factor-required', reason, { role: required });
      }
      if (found.value.hasShortPassword) return refuseShortPassword(found.value, 'set a longer password first');
      return this.#removed(actor, found.value, 'operator.factor-removed');
    });
  }

  /**
   * An administrator takes away the second factor of an operator who has lost it, and ends that operator's sessions. A password that is too short
   * to stand alone is reset with it. Refuses with `operator.unknown`, `operator.factor-missing`, `operator.factor-own`,
   * `operator.factor-guards-password` or as `Passwords.reset`.
   */
  async reset(actor: Actor, id: OperatorId, initialPassword: string | null): Promise<Result<OperatorView>> {
    if (actor.id === id) {
      const reason =
        'Your own second factor is removed with your password and a code or recovery code, or reset by another administrator.';
      return refuse('operator.factor-own', reason);
    }
    const checked = this.#findEnrolled(id);
    if (!checked.ok) return checked;
    if (initialPassword !== null) {
      return this.#passwords.reset(actor, id, initialPassword, (account) => this.#reset(actor, account));
    }
    return this.#ports.transact(() => {
      const found = this.#findEnrolled(id);
      if (!found.ok) return found;
      if (found.value.hasShortPassword)
        return refuseShortPassword(found.value, 'give a new initial password with the reset');
      this.#ports.repository.deleteSessionsOf(id);
      return this.#removed(actor, found.value, 'operator.factor-reset');
    });
  }

  /** Sets whose operators must have a second factor; who has none may do nothing but enrol one from then on. */
  require(actor: Actor, roles: readonly Role[]): readonly Role[] {
    const { factorRule, audit, transact } = this.#ports;
    return transact(() => {
      const before = [...factorRule.roles()];
      factorRule.set(roles);
      audit.append({
        type: 'operator.factor-rule-changed',
        actor: actingOperator(actor),
        outcome: 'done',
        subject: {},
        data: { before, after: [...factorRule.roles()] },
      });
      return factorRule.roles();
    });
  }

  requiredRoles(): readonly Role[] {
    return this.#ports.factorRule.roles();
  }

  #verify(actor: Actor, proof: Proof): Promise<Result<Account>> {
    const { username } = actor;
    return this.#authentication.verify({ by: 're-authentication', username }, proof, accept);
  }

  #findEnrolled(id: OperatorId): Result<Account> {
    const found = findAccount(this.#ports.repository, id);
    if (!found.ok || found.value.hasSecondFactor) return found;
    return refuse('operator.factor-missing', `${found.value.printedName} has no second factor.`, { operator: id });
  }

  #reset(actor: Actor, account: Account): Account {
    const removed = this.#removed(actor, account, 'operator.factor-reset');
    if (!removed.ok) throw new Error(removed.reason);
    return { ...account, hasSecondFactor: false };
  }

  #removed(
    actor: Actor,
    account: Account,
    type: 'operator.factor-removed' | 'operator.factor-reset',
  ): Result<OperatorView> {
    this.#ports.factors.removeFactor(account.id);
    return storeChange(this.#ports, { ...account, hasSecondFactor: false }, type, actor, {});
  }
}

function hashAll(codes: readonly string[]): string[] {
  return codes.flatMap((code) => hashRecoveryCode(code) ?? []);
}

function refuseShortPassword({ id, printedName }: Account, remedy: string): Result<never> {
  const reason = `The password of ${printedName} has fewer than 15 characters, which is enough only beside a second factor; ${remedy}.`;
  return refuse('operator.factor-guards-password', reason, { operator: id });
}
