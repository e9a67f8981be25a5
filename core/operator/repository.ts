import type { OperatorId } from '../../contract/schema/session.ts';
import type { Sha256Hex } from '../digest.ts';
import type { Account } from './account.ts';
import type { SessionRecord } from './session.ts';

/** Where accounts and sessions are kept. Writes belong in a transaction of the caller's. */
export interface OperatorRepository {
  insertAccount(account: Account): void;
  /** Replaces everything but id, username and createdAt. Throws where there is no such account. */
  updateAccount(account: Account): void;
  findAccount(id: OperatorId): Account | null;
  findAccountByUsername(username: string): Account | null;
  /** In the order in which they were created. */
  listAccounts(): readonly Account[];

  /** Time (UTC) of the last login that the audit log has of this operator; null where there is none. */
  findLastLogin(id: OperatorId): string | null;

  insertSession(session: SessionRecord): void;
  listSessionsOf(operatorId: OperatorId): readonly SessionRecord[];
  findSession(tokenSha256: Sha256Hex): SessionRecord | null;
  touchSession(tokenSha256: Sha256Hex, lastUsedAt: string): void;
  deleteSession(tokenSha256: Sha256Hex): void;
  deleteSessionsOf(operatorId: OperatorId): void;
}
