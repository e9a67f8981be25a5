import type { Migration } from './migration.ts';

/** Rows of the table can be neither changed nor removed. */
function refuseChanges(table: string): string {
  return `
    CREATE TRIGGER ${table}_never_changes BEFORE UPDATE ON ${table}
    BEGIN SELECT RAISE(ABORT, '${table} is append-only: no row may be changed'); END;

    CREATE TRIGGER ${table}_never_shrinks BEFORE DELETE ON ${table}
    BEGIN SELECT RAISE(ABORT, '${table} is append-only: no row may be deleted'); END;
  `;
}

/** Policies and approvals. The version in force is the product's last; an older one that is installed again is a new row. */
export const policyMigration: Migration = {
  version: 6,
  name: 'policy',
  sql: `
    CREATE TABLE policy_version (
      seq          INTEGER PRIMARY KEY,
      digest       TEXT NOT NULL CHECK (length(digest) = 64),
      product      TEXT NOT NULL,
      document     TEXT NOT NULL CHECK (json_valid(document)),
      installed_at TEXT NOT NULL,
      installed_by TEXT REFERENCES operator (id)
    ) STRICT;

    CREATE INDEX policy_version_by_product ON policy_version (product, seq);
    CREATE INDEX policy_version_by_digest ON policy_version (digest);

    CREATE TABLE approval (
      seq           INTEGER PRIMARY KEY,
      id            TEXT NOT NULL UNIQUE,
      bundle_digest TEXT NOT NULL CHECK (length(bundle_digest) = 64),
      statement     TEXT NOT NULL,
      signature     TEXT NOT NULL,
      public_key    TEXT NOT NULL
    ) STRICT;

    CREATE INDEX approval_by_bundle ON approval (bundle_digest, seq);

    ${refuseChanges('policy_version')}
    ${refuseChanges('approval')}
  `,
};
