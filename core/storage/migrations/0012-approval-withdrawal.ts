import type { Migration } from './migration.ts';

/** Approvals that their signers took back. A row is enough to take one out of force; none is ever changed or removed. */
export const approvalWithdrawalMigration: Migration = {
  version: 12,
  name: 'approval-withdrawal',
  sql: `
    CREATE TABLE approval_withdrawal (
      approval_id TEXT NOT NULL PRIMARY KEY REFERENCES approval (id),
      statement   TEXT NOT NULL CHECK (json_valid(statement)),
      signature   TEXT NOT NULL,
      public_key  TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER approval_withdrawal_never_changes BEFORE UPDATE ON approval_withdrawal
    BEGIN SELECT RAISE(ABORT, 'approval_withdrawal is append-only: no row may be changed'); END;

    CREATE TRIGGER approval_withdrawal_never_shrinks BEFORE DELETE ON approval_withdrawal
    BEGIN SELECT RAISE(ABORT, 'approval_withdrawal is append-only: no row may be deleted'); END;
  `,
};
