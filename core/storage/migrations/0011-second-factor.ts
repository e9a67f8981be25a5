import type { Migration } from './migration.ts';

/**
 * Second factors of operators. The secret is sealed under a key that is not in the database; recovery codes are hashes, gone when they were used.
 * `short_password`: the password is good only beside a second factor.
 */
export const secondFactorMigration: Migration = {
  version: 11,
  name: 'second-factor',
  sql: `
    ALTER TABLE operator ADD COLUMN short_password INTEGER NOT NULL DEFAULT 0 CHECK (short_password IN (0, 1));

    CREATE TABLE second_factor (
      operator_id TEXT NOT NULL PRIMARY KEY REFERENCES operator (id),
      nonce       BLOB NOT NULL CHECK (length(nonce) = 12),
      sealed      BLOB NOT NULL CHECK (length(sealed) > 16),
      last_step   INTEGER NOT NULL CHECK (last_step >= 0),
      enrolled_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE recovery_code (
      operator_id TEXT NOT NULL REFERENCES second_factor (operator_id),
      code_sha256 TEXT NOT NULL CHECK (length(code_sha256) = 64),
      PRIMARY KEY (operator_id, code_sha256)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER second_factor_never_goes_back BEFORE UPDATE ON second_factor
    WHEN NEW.last_step <= OLD.last_step OR NEW.operator_id <> OLD.operator_id
    BEGIN SELECT RAISE(ABORT, 'a code that was used is never accepted again'); END;
  `,
};
