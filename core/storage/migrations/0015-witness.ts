import type { Migration } from './migration.ts';

/**
 * Cosigning. `note_key`: verifier keys that a person confirmed. `witnessed_log`: the latest checkpoint of each other log that was cosigned here; it
 * outlives the key, so that a log which is confirmed again cannot have gone back meanwhile. `kept_cosignature`: who cosigned this station's log.
 */
export const witnessMigration: Migration = {
  version: 15,
  name: 'witness',
  sql: `
    CREATE TABLE note_key (
      kind         TEXT NOT NULL CHECK (kind IN ('log', 'witness')),
      name         TEXT NOT NULL CHECK (length(name) > 0),
      verifier_key TEXT NOT NULL,
      confirmed_at TEXT NOT NULL,
      confirmed_by TEXT NOT NULL,
      PRIMARY KEY (kind, name)
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER note_key_never_changes BEFORE UPDATE ON note_key
    BEGIN SELECT RAISE(ABORT, 'a key that was confirmed never changes'); END;

    CREATE TABLE witnessed_log (
      origin      TEXT NOT NULL PRIMARY KEY CHECK (length(origin) > 0),
      size        INTEGER NOT NULL CHECK (size > 0),
      root        BLOB NOT NULL CHECK (length(root) = 32),
      cosigned_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    CREATE TRIGGER witnessed_log_only_grows BEFORE UPDATE ON witnessed_log
    WHEN NEW.origin IS NOT OLD.origin OR NEW.size < OLD.size OR (NEW.size = OLD.size AND NEW.root IS NOT OLD.root)
    BEGIN SELECT RAISE(ABORT, 'a log that was cosigned only grows'); END;

    CREATE TRIGGER witnessed_log_stays BEFORE DELETE ON witnessed_log
    BEGIN SELECT RAISE(ABORT, 'a log that was cosigned is never forgotten'); END;

    CREATE TABLE kept_cosignature (
      witness      TEXT NOT NULL,
      size         INTEGER NOT NULL CHECK (size > 0),
      verifier_key TEXT NOT NULL,
      cosigned_at  TEXT,
      note         TEXT NOT NULL,
      kept_at      TEXT NOT NULL,
      PRIMARY KEY (witness, size)
    ) STRICT, WITHOUT ROWID;

    CREATE INDEX kept_cosignature_by_size ON kept_cosignature (size);

    CREATE TRIGGER kept_cosignature_never_changes BEFORE UPDATE ON kept_cosignature
    BEGIN SELECT RAISE(ABORT, 'a cosignature that was kept never changes'); END;

    CREATE TRIGGER kept_cosignature_stays BEFORE DELETE ON kept_cosignature
    BEGIN SELECT RAISE(ABORT, 'a cosignature that was kept is never removed'); END;
  `,
};
