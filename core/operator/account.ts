import type { OperatorId, OperatorView, Role } from '../../contract/schema/session.ts';
import { isLockedOut } from './attempt-limit.ts';
import type { Attempts } from './attempt-limit.ts';
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
  /** Null until the operator has set a password that nobody else knows. */
  readonly signingKey: SealedSigningKey | null;
  readonly attempts: Attempts;
  readonly createdAt: string;
}

/** What others may see of an account. */
export function viewOperator(account: Account, now: Date): OperatorView {
  return {
    id: account.id,
    username: account.username,
    printedName: account.printedName,
    roles: [...account.roles],
    status: account.status,
    mustChangePassword: account.mustChangePassword,
    lockedUntil: isLockedOut(account.attempts, now) ? account.attempts.blockedUntil : null,
    publicKeySha256: account.signingKey?.publicKeySha256 ?? null,
    createdAt: account.createdAt,
  };
}
