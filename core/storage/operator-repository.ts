import * as v from 'valibot';
import { Role } from '../../contract/schema/session.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { Account } from '../operator/account.ts';
import type { OperatorRepository } from '../operator/repository.ts';
import type { SessionRecord } from '../operator/session.ts';
import type { SealedSigningKey } from '../operator/signing-key.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

interface OperatorRow {
  readonly id: string;
  readonly username: string;
  readonly printed_name: string;
  readonly roles: string;
  readonly status: 'active' | 'disabled';
  readonly password_hash: string;
  readonly must_change_password: number;
  readonly short_password: number;
  readonly key_public: Buffer | null;
  readonly key_sha256: string | null;
  readonly key_salt: Buffer | null;
  readonly key_memory_kib: number | null;
  readonly key_passes: number | null;
  readonly key_lanes: number | null;
  readonly key_nonce: Buffer | null;
  readonly key_sealed: Buffer | null;
  readonly failed_attempts: number;
  readonly blocked_until: string | null;
  readonly created_at: string;
}

/** As it is read: with what stands in the table of second factors. */
type AccountRow = OperatorRow & { readonly has_factor: number };

interface SessionRow {
  readonly token_sha256: string;
  readonly operator_id: string;
  readonly started_at: string;
  readonly last_used_at: string;
}

const columns = [
  'printed_name',
  'roles',
  'status',
  'password_hash',
  'must_change_password',
  'short_password',
  'key_public',
  'key_sha256',
  'key_salt',
  'key_memory_kib',
  'key_passes',
  'key_lanes',
  'key_nonce',
  'key_sealed',
  'failed_attempts',
  'blocked_until',
] as const satisfies readonly (keyof OperatorRow)[];

/** Keeps accounts and sessions in SQLite. */
export function createOperatorRepository(connection: SqliteConnection): OperatorRepository {
  const insertColumns = ['id', 'username', 'created_at', ...columns];
  const insert = connection.prepare<[OperatorRow]>(
    `INSERT INTO operator (${insertColumns.join(', ')}) VALUES (${insertColumns.map((column) => `@${column}`).join(', ')})`,
  );
  const update = connection.prepare<[OperatorRow]>(
    `UPDATE operator SET ${columns.map((column) => `${column} = @${column}`).join(', ')} WHERE id = @id`,
  );
  const account =
    'SELECT operator.*, EXISTS (SELECT 1 FROM second_factor WHERE operator_id = operator.id) AS has_factor FROM operator';
  const byId = connection.prepare<[string], AccountRow>(`${account} WHERE id = ?`);
  const byUsername = connection.prepare<[string], AccountRow>(`${account} WHERE username = ?`);
  const list = connection.prepare<[], AccountRow>(`${account} ORDER BY operator.rowid`);
  const insertSession = connection.prepare<[SessionRow]>(
    `INSERT INTO session (token_sha256, operator_id, started_at, last_used_at)
     VALUES (@token_sha256, @operator_id, @started_at, @last_used_at)`,
  );
  const findSession = connection.prepare<[string], SessionRow>('SELECT * FROM session WHERE token_sha256 = ?');
  const listSessionsOf = connection.prepare<[string], SessionRow>('SELECT * FROM session WHERE operator_id = ?');
  // By the index of actors from the newest event back: whoever works here has logged in not long before. `+type` keeps from the other index.
  const lastLogin = connection.prepare<[string], { readonly time: string }>(
    "SELECT time FROM audit_event WHERE actor = ? AND +type = 'session.login' AND outcome = 'done' ORDER BY seq DESC LIMIT 1",
  );
  const touchSession = connection.prepare<[string, string]>(
    'UPDATE session SET last_used_at = ? WHERE token_sha256 = ?',
  );
  const deleteSession = connection.prepare<[string]>('DELETE FROM session WHERE token_sha256 = ?');
  const deleteSessionsOf = connection.prepare<[string]>('DELETE FROM session WHERE operator_id = ?');

  return {
    insertAccount: (account) => void insert.run(toRow(account)),
    updateAccount: (account) => {
      const { changes } = update.run(toRow(account));
      if (changes !== 1) throw new Error(`operator ${account.id} is not in the database`);
    },
    findAccount: (id) => toAccount(byId.get(id)),
    findAccountByUsername: (username) => toAccount(byUsername.get(username)),
    listAccounts: () => list.all().map(readAccount),
    insertSession: (session) =>
      void insertSession.run({
        token_sha256: session.tokenSha256,
        operator_id: session.operatorId,
        started_at: session.startedAt,
        last_used_at: session.lastUsedAt,
      }),
    listSessionsOf: (operatorId) => listSessionsOf.all(operatorId).map(readSession),
    findLastLogin: (id) => lastLogin.get(id)?.time ?? null,
    findSession: (tokenSha256) => toSession(findSession.get(tokenSha256)),
    touchSession: (tokenSha256, lastUsedAt) => void touchSession.run(lastUsedAt, tokenSha256),
    deleteSession: (tokenSha256) => void deleteSession.run(tokenSha256),
    deleteSessionsOf: (operatorId) => void deleteSessionsOf.run(operatorId),
  };
}

function toRow(account: Account): OperatorRow {
  const key = account.signingKey;
  return {
    id: account.id,
    username: account.username,
    printed_name: account.printedName,
    roles: canonicalJson(account.roles),
    status: account.status,
    password_hash: account.passwordHash,
    must_change_password: account.mustChangePassword ? 1 : 0,
    short_password: account.hasShortPassword ? 1 : 0,
    key_public: key && Buffer.from(key.publicKey),
    key_sha256: key && key.publicKeySha256,
    key_salt: key && Buffer.from(key.salt),
    key_memory_kib: key && key.cost.memoryKib,
    key_passes: key && key.cost.passes,
    key_lanes: key && key.cost.lanes,
    key_nonce: key && Buffer.from(key.nonce),
    key_sealed: key && Buffer.from(key.sealed),
    failed_attempts: account.attempts.failed,
    blocked_until: account.attempts.blockedUntil,
    created_at: account.createdAt,
  };
}

function toAccount(row: AccountRow | undefined): Account | null {
  return row === undefined ? null : readAccount(row);
}

function readAccount(row: AccountRow): Account {
  return {
    id: row.id,
    username: row.username,
    printedName: row.printed_name,
    roles: v.parse(v.array(Role), JSON.parse(row.roles)),
    status: row.status,
    passwordHash: row.password_hash,
    mustChangePassword: row.must_change_password === 1,
    hasShortPassword: row.short_password === 1,
    hasSecondFactor: row.has_factor === 1,
    signingKey: readSigningKey(row),
    attempts: { failed: row.failed_attempts, blockedUntil: row.blocked_until },
    createdAt: row.created_at,
  };
}

function readSigningKey(row: OperatorRow): SealedSigningKey | null {
  const {
    key_public: publicKey,
    key_sha256: publicKeySha256,
    key_salt: salt,
    key_nonce: nonce,
    key_sealed: sealed,
  } = row;
  const { key_memory_kib: memoryKib, key_passes: passes, key_lanes: lanes } = row;
  if (publicKey === null || publicKeySha256 === null || salt === null || nonce === null || sealed === null) return null;
  if (memoryKib === null || passes === null || lanes === null) return null;
  return { publicKey, publicKeySha256, salt, cost: { memoryKib, passes, lanes }, nonce, sealed };
}

function toSession(row: SessionRow | undefined): SessionRecord | null {
  return row === undefined ? null : readSession(row);
}

function readSession(row: SessionRow): SessionRecord {
  return {
    tokenSha256: row.token_sha256,
    operatorId: row.operator_id,
    startedAt: row.started_at,
    lastUsedAt: row.last_used_at,
  };
}
