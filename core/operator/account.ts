import type { OperatorId, OperatorView, Role } from '../../contract/schema/session.ts';
import { isLockedOut } from './attempt-limit.ts';
import type { Attempts } from './attempt-limit.ts';
import type { FactorRule } from './factor/factor-rule.ts';
import type { SealedSigningKey } from './signing-key.ts';

/** One person's account, as it is stored. Times are UTC as `Date.toISOString()` writes them. */
export interface Account {
  readonly id: OperatorId;
  readonly username: string;
  readonly printedName: string;
  readonly roles: readonly Role[];
  readonly status: 'active' | 'disabled';
  /** PHC string of Argon2id. */
  readonly passwordHash: string;
  readonly mustChangePassword: boolean;
  /** The password has fewer than 15 characters: it is good only beside a second factor. */
  readonly hasShortPassword: boolean;
  /** Whether a second factor is enrolled; it is kept beside the account and changed there. */
  readonly hasSecondFactor: boolean;
  /** Null until the operator has set a password that nobody else knows. */
  readonly signingKey: SealedSigningKey | null;
  readonly attempts: Attempts;
  readonly createdAt: string;
}

/** What others may see of an account; `rule` says whose operators must have a second factor. */
export function viewOperator(account: Account, now: Date, rule: Pick<FactorRule, 'roles'>): OperatorView {
  const mustHaveFactor = rule.roles().some((role) => account.roles.includes(role));
  return {
    id: account.id,
    username: account.username,
    printedName: account.printedName,
    roles: [...account.roles],
    status: account.status,
    mustChangePassword: account.mustChangePassword,
    lockedUntil: isLockedOut(account.attempts, now) ? account.attempts.blockedUntil : null,
    publicKeySha256: account.signingKey?.publicKeySha256 ?? null,
    secondFactor: account.hasSecondFactor ? 'enrolled' : mustHaveFactor ? 'missing' : 'none',
    createdAt: account.createdAt,
  };
}
