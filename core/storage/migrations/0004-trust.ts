import type { Migration } from './migration.ts';

/** What the station trusts. Rows are public values that a person pinned; removing one is a deed of its own in the audit log. */
export const trustMigration: Migration = {
  version: 4,
  name: 'trust',
  sql: `
    CREATE TABLE trust_anchor (
      fingerprint TEXT NOT NULL PRIMARY KEY CHECK (length(fingerprint) = 64),
      der         BLOB NOT NULL,
      subject     TEXT NOT NULL,
      not_after   TEXT NOT NULL,
      label       TEXT NOT NULL,
      products    TEXT NOT NULL CHECK (json_valid(products)),
      added_at    TEXT NOT NULL,
      added_by    TEXT NOT NULL
    ) STRICT;

    CREATE TABLE image_key (
      key_sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(key_sha256) = 64),
      spki       BLOB NOT NULL,
      algorithm  TEXT NOT NULL,
      label      TEXT NOT NULL,
      products   TEXT NOT NULL CHECK (json_valid(products)),
      added_at   TEXT NOT NULL,
      added_by   TEXT NOT NULL
    ) STRICT;

    CREATE TABLE revocation_list (
      issuer_sha256 TEXT NOT NULL PRIMARY KEY CHECK (length(issuer_sha256) = 64),
      fingerprint   TEXT NOT NULL CHECK (length(fingerprint) = 64),
      der           BLOB NOT NULL,
      issuer        TEXT NOT NULL,
      this_update   TEXT NOT NULL,
      next_update   TEXT NOT NULL,
      added_at      TEXT NOT NULL,
      added_by      TEXT NOT NULL
    ) STRICT;

    CREATE TABLE time_floor (
      only  INTEGER PRIMARY KEY CHECK (only = 1),
      floor TEXT NOT NULL
    ) STRICT;

    CREATE TRIGGER time_floor_never_falls BEFORE UPDATE ON time_floor WHEN NEW.floor < OLD.floor
    BEGIN SELECT RAISE(ABORT, 'the trusted-time floor never goes back'); END;

    CREATE TRIGGER time_floor_stays BEFORE DELETE ON time_floor
    BEGIN SELECT RAISE(ABORT, 'the trusted-time floor is never removed'); END;
  `,
};
