import { accept, refuse } from '../../contract/result.ts';
import type { Refusal, Result } from '../../contract/result.ts';
import { sha256Hex } from '../digest.ts';
import type { Clock, RandomBytes, Transact } from '../ports.ts';
import type { Account } from './account.ts';
import { chargeAttempt, noAttempts } from './attempt-limit.ts';
import type { Attempts } from './attempt-limit.ts';
import type { OperatorEvent } from './operator-event.ts';
import type { FactorRule } from './factor/factor-rule.ts';
import { useSecondFactor } from './factor/second-factor.ts';
import type { FactorUsed, SecondFactorPorts } from './factor/second-factor.ts';
import { hashPassword, needsRehash, verifyPassword } from './password-hash.ts';
import type { Argon2Cost } from './password-hash.ts';
import type { OperatorRepository } from './repository.ts';

/** What the whole room is given. `audit.append` is called in the transaction of the change that it records. */
export interface OperatorPorts extends SecondFactorPorts {
  readonly repository: OperatorRepository;
  readonly audit: { append(event: OperatorEvent): unknown };
  readonly transact: Transact;
  readonly clock: Clock;
  readonly randomBytes: RandomBytes;
  readonly cost: Argon2Cost;
  readonly factorRule: FactorRule;
}

/** What somebody shows: a password, and a code of the second factor or null. */
export interface Proof {
  readonly password: string;
  readonly code?: string | null;
}

/** Whose password is tried: a name that somebody typed, or the operator of a session. */
export type Claim =
  { readonly by: 'login'; readonly username: string } | { readonly by: 're-authentication'; readonly username: string };

/** The failures of an account before an attempt was charged, and after. */
interface Charge {
  readonly before: Attempts;
  readonly after: Attempts;
}

/** Names without an account whose attempts are remembered, so that waiting times do not tell which names exist. */
const MAX_UNKNOWN_NAMES = 1024;

/**
 * The one place where a password is compared, and a second factor after it. Counts failures per account (in the database, so they survive a restart),
 * does the same work and gives the same answer for a wrong password as for a name without account, and audits every
 * refused login: never with the password, and with the typed name only where it is an account's, since people type
 * passwords into the wrong field.
 */
export class Authentication {
  readonly #ports: OperatorPorts;
  readonly #unknownNames = new Map<string, Attempts>();
  #decoyHash: Promise<string> | null = null;

  readonly #compare: typeof verifyPassword;

  /** `compare` is there for the test that counts the work. */
  constructor(ports: OperatorPorts, compare = verifyPassword) {
    this.#ports = ports;
    this.#compare = compare;
  }

  /**
   * Runs `onSuccess` in one transaction with the forgiving of earlier failures, if the password is right, and the code where the account has a
   * second factor. A wrong code counts like a wrong password; a right password without a code counts for nothing, and forgives nothing.
   * Refuses with `operator.login-refused` (login) or `operator.password-wrong`, `operator.throttled`, `operator.locked`,
   * `operator.disabled`, as `useSecondFactor`, or what `onSuccess` refuses.
   */
  async verify<T>(
    claim: Claim,
    { password, code = null }: Proof,
    onSuccess: (account: Account, factor: FactorUsed) => Result<T>,
  ): Promise<Result<T>> {
    const { repository, transact, cost, randomBytes } = this.#ports;
    const charge = transact(() => this.#charge(claim));
    if (!charge.ok) return charge;

    this.#decoyHash ??= hashPassword(Buffer.from(randomBytes(32)).toString('hex'), cost, randomBytes);
    const decoyHash = await this.#decoyHash;
    const seen = repository.findAccountByUsername(claim.username);
    const isRight = await this.#compare(seen?.passwordHash ?? decoyHash, password);
    const passwordHash =
      isRight && seen !== null && needsRehash(seen.passwordHash, cost)
        ? await hashPassword(password, cost, randomBytes)
        : seen?.passwordHash;

    return transact(() => {
      const account = repository.findAccountByUsername(claim.username);
      // The account is read again: the password may have been changed while this one was being hashed.
      if (!isRight || account === null || passwordHash === undefined || account.passwordHash !== seen?.passwordHash) {
        return this.#audited(claim, refuseWrong(claim));
      }
      if (account.status === 'disabled') {
        return this.#audited(
          claim,
          refuse('operator.disabled', `The account "${account.username}" is disabled; ask an administrator.`),
        );
      }
      const factor = useSecondFactor(account.id, code, this.#ports);
      if (!factor.ok) {
        if (factor.code === 'operator.code-required') this.#takeBack(account, charge.value);
        return this.#audited(claim, factor);
      }
      const forgiven = { ...account, passwordHash, attempts: noAttempts };
      repository.updateAccount(forgiven);
      return onSuccess(forgiven, factor.value);
    });
  }

  #charge(claim: Claim): Result<Charge> {
    const { repository, clock } = this.#ports;
    const account = repository.findAccountByUsername(claim.username);
    const nameSha256 = sha256Hex(Buffer.from(claim.username, 'utf8'));
    const before = account?.attempts ?? this.#unknownNames.get(nameSha256) ?? noAttempts;
    const charged = chargeAttempt(before, clock.now());
    if (!charged.ok) return this.#audited(claim, charged);
    if (account === null) this.#rememberUnknown(nameSha256, charged.value);
    else repository.updateAccount({ ...account, attempts: charged.value });
    return accept({ before, after: charged.value });
  }

  /** Only where no other attempt was charged in between: what that one costs is not this one's to take back. */
  #takeBack(account: Account, { before, after }: Charge): void {
    const { failed, blockedUntil } = account.attempts;
    if (failed !== after.failed || blockedUntil !== after.blockedUntil) return;
    this.#ports.repository.updateAccount({ ...account, attempts: before });
  }

  #rememberUnknown(nameSha256: string, attempts: Attempts): void {
    this.#unknownNames.delete(nameSha256);
    this.#unknownNames.set(nameSha256, attempts);
    const [oldest] = this.#unknownNames.keys();
    if (this.#unknownNames.size > MAX_UNKNOWN_NAMES && oldest !== undefined) this.#unknownNames.delete(oldest);
  }

  /** Only logins: who enters the password again has a session, in whose name the station records the refused operation. */
  #audited(claim: Claim, refusal: Refusal): Refusal {
    if (claim.by !== 'login') return refusal;
    const account = this.#ports.repository.findAccountByUsername(claim.username);
    this.#ports.audit.append({
      type: 'session.login',
      // Who tries to log in has not shown who he is.
      actor: { kind: 'station' },
      outcome: 'refused',
      subject: account === null ? {} : { operator: account.id },
      code: refusal.code,
      data: account === null ? {} : { username: account.username, failedAttempts: account.attempts.failed },
    });
    return refusal;
  }
}

function refuseWrong(claim: Claim): Refusal {
  return claim.by === 'login'
    ? refuse('operator.login-refused', 'Username or password is wrong.')
    : refuse('operator.password-wrong', 'The password is not that of the operator who is logged in.');
}
