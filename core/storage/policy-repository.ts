import type { ApprovalRecord } from '../../contract/schema/policy.ts';
import type { PolicyRepository, PolicyVersion } from '../policy/repository.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

interface PolicyRow {
  readonly digest: string;
  readonly product: string;
  readonly document: string;
  readonly installed_at: string;
  readonly installed_by: string | null;
}

interface ApprovalRow {
  readonly id: string;
  readonly bundle_digest: string;
  readonly statement: string;
  readonly signature: string;
  readonly public_key: string;
}

interface WithdrawalRow {
  readonly approval_id: string;
  readonly statement: string;
  readonly signature: string;
  readonly public_key: string;
}

/** Keeps policies and approvals in SQLite; triggers refuse to change or delete a row. */
export function createPolicyRepository(connection: SqliteConnection): PolicyRepository {
  const insertPolicy = connection.prepare<[PolicyRow]>(
    `INSERT INTO policy_version (digest, product, document, installed_at, installed_by)
     VALUES (@digest, @product, @document, @installed_at, @installed_by)`,
  );
  const latest = connection.prepare<[string], PolicyRow>(
    'SELECT * FROM policy_version WHERE product = ? ORDER BY seq DESC LIMIT 1',
  );
  const newest = connection.prepare<[number], PolicyRow>('SELECT * FROM policy_version ORDER BY seq DESC LIMIT ?');
  const byDigest = connection.prepare<[string], PolicyRow>(
    'SELECT * FROM policy_version WHERE digest = ? ORDER BY seq LIMIT 1',
  );
  const insertApproval = connection.prepare<[ApprovalRow]>(
    `INSERT INTO approval (id, bundle_digest, statement, signature, public_key)
     VALUES (@id, @bundle_digest, @statement, @signature, @public_key)`,
  );
  const approval = connection.prepare<[string], ApprovalRow>('SELECT * FROM approval WHERE id = ?');
  const approvals = connection.prepare<[string], ApprovalRow>(
    'SELECT * FROM approval WHERE bundle_digest = ? ORDER BY seq',
  );

  const insertWithdrawal = connection.prepare<[WithdrawalRow]>(
    `INSERT INTO approval_withdrawal (approval_id, statement, signature, public_key)
     VALUES (@approval_id, @statement, @signature, @public_key)`,
  );
  const withdrawal = connection.prepare<[string]>('SELECT 1 FROM approval_withdrawal WHERE approval_id = ?').pluck();
  const withdrawals = connection.prepare<[string], WithdrawalRow>(
    `SELECT approval_withdrawal.* FROM approval_withdrawal JOIN approval ON approval.id = approval_id
     WHERE bundle_digest = ? ORDER BY approval.seq`,
  );

  return {
    insertPolicy: (version) =>
      void insertPolicy.run({
        digest: version.digest,
        product: version.product,
        document: version.document,
        installed_at: version.installedAt,
        installed_by: version.installedBy,
      }),
    latestPolicy: (product) => toVersion(latest.get(product)),
    listPolicies: (limit) => newest.all(limit).flatMap((row) => toVersion(row) ?? []),
    findPolicy: (digest) => toVersion(byDigest.get(digest)),
    insertApproval: ({ id, bundleDigest, record }) =>
      void insertApproval.run({
        id,
        bundle_digest: bundleDigest,
        statement: record.statement,
        signature: record.signature,
        public_key: record.publicKey,
      }),
    findApproval: (id) => {
      const row = approval.get(id);
      return row === undefined ? null : toRecord(row);
    },
    insertWithdrawal: (approvalId, { statement, signature, publicKey }) =>
      void insertWithdrawal.run({ approval_id: approvalId, statement, signature, public_key: publicKey }),
    hasWithdrawal: (approvalId) => withdrawal.get(approvalId) !== undefined,
    withdrawalsOf: (bundleDigest) =>
      new Map(withdrawals.all(bundleDigest).map((row) => [row.approval_id, toRecord(row)])),
    approvalsOf: (bundleDigest) => approvals.all(bundleDigest).map(toRecord),
  };
}

function toVersion(row: PolicyRow | undefined): PolicyVersion | null {
  if (row === undefined) return null;
  const { digest, product, document, installed_at: installedAt, installed_by: installedBy } = row;
  return { digest, product, document, installedAt, installedBy };
}

function toRecord({
  statement,
  signature,
  public_key: publicKey,
}: Pick<ApprovalRow, 'statement' | 'signature' | 'public_key'>): ApprovalRecord {
  return { statement, signature, publicKey };
}
