import type { Migration } from './migration.ts';

/** Imported bundles. A row says what was verified at import; only its signature may give way to a newer valid one. The contents lie in the store under their hash. */
export const bundleMigration: Migration = {
  version: 5,
  name: 'bundle',
  sql: `
    CREATE TABLE bundle (
      seq              INTEGER PRIMARY KEY,
      digest           TEXT NOT NULL UNIQUE CHECK (length(digest) = 64),
      manifest         TEXT NOT NULL CHECK (json_valid(manifest)),
      signature_sha256 TEXT NOT NULL CHECK (length(signature_sha256) = 64),
      signature_bytes  INTEGER NOT NULL CHECK (signature_bytes > 0),
      signers          TEXT NOT NULL CHECK (json_valid(signers)),
      imported_at      TEXT NOT NULL,
      imported_by      TEXT NOT NULL
    ) STRICT;

    CREATE TABLE bundle_content (
      bundle TEXT NOT NULL REFERENCES bundle (digest),
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      PRIMARY KEY (sha256, bundle)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER bundle_never_changes BEFORE UPDATE OF seq, digest, manifest, imported_at, imported_by ON bundle
    BEGIN SELECT RAISE(ABORT, 'an imported bundle never changes but for its signature'); END;
  `,
};
