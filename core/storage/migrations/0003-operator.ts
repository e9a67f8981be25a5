import type { Migration } from './migration.ts';

/** Accounts, and who is logged in. The private half of a signing key is stored only as encrypted under its owner's password. */
export const operatorMigration: Migration = {
  version: 3,
  name: 'operator',
  sql: `
    CREATE TABLE operator (
      id                   TEXT NOT NULL PRIMARY KEY,
      username             TEXT NOT NULL UNIQUE,
      printed_name         TEXT NOT NULL,
      roles                TEXT NOT NULL CHECK (json_type(roles) = 'array'),
      status               TEXT NOT NULL CHECK (status IN ('active', 'disabled')),
      password_hash        TEXT NOT NULL CHECK (password_hash LIKE '$argon2id$%'),
      must_change_password INTEGER NOT NULL CHECK (must_change_password IN (0, 1)),
      key_public           BLOB,
      key_sha256           TEXT,
      key_salt             BLOB,
      key_memory_kib       INTEGER,
      key_passes           INTEGER,
      key_lanes            INTEGER,
      key_nonce            BLOB,
      key_sealed           BLOB,
      failed_attempts      INTEGER NOT NULL CHECK (failed_attempts >= 0),
      blocked_until        TEXT,
      created_at           TEXT NOT NULL,
      CHECK ((key_public IS NULL) = (key_sha256 IS NULL) AND (key_public IS NULL) = (key_sealed IS NULL))
    ) STRICT;

    CREATE TRIGGER operator_never_disappears BEFORE DELETE ON operator
    BEGIN SELECT RAISE(ABORT, 'operator: an account is disabled, never deleted'); END;

    CREATE TRIGGER operator_keeps_its_name BEFORE UPDATE ON operator
    WHEN NEW.id <> OLD.id OR NEW.username <> OLD.username OR NEW.created_at <> OLD.created_at
    BEGIN SELECT RAISE(ABORT, 'operator: id, username and time of creation never change'); END;

    CREATE TABLE session (
      token_sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(token_sha256) = 64),
      operator_id  TEXT NOT NULL REFERENCES operator (id),
      started_at   TEXT NOT NULL,
      last_used_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX session_by_operator ON session (operator_id);
  `,
};
