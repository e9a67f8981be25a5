import type { Migration } from './migration.ts';

/**
 * Trust packages, every version that was ever in force, and those that wait for approval. Beside them the watch over the clock: the newest
 * time that the log has seen since an administrator last vouched for the clock, and the first event that came more than a day after it.
 * A trigger keeps the watch with every event, in its transaction, so that no event under a clock that jumped can hide the jump.
 */
export const trustPackageMigration: Migration = {
  version: 8,
  name: 'trust-package',
  sql: `
    CREATE TABLE trust_package (
      family     TEXT NOT NULL CHECK (length(family) > 0),
      version    INTEGER NOT NULL CHECK (version >= 1),
      sha256     TEXT NOT NULL CHECK (length(sha256) = 64),
      document   BLOB NOT NULL,
      signature  BLOB NOT NULL,
      adopted_at TEXT NOT NULL,
      adopted_by TEXT NOT NULL,
      approval   TEXT NOT NULL CHECK (json_valid(approval)),
      PRIMARY KEY (family, version)
    ) STRICT;

    CREATE TRIGGER trust_package_rises BEFORE INSERT ON trust_package
    WHEN EXISTS (SELECT 1 FROM trust_package WHERE family = NEW.family AND version >= NEW.version)
    BEGIN SELECT RAISE(ABORT, 'the version of a trust package only rises'); END;

    CREATE TRIGGER trust_package_never_changes BEFORE UPDATE ON trust_package
    BEGIN SELECT RAISE(ABORT, 'a trust package that was in force never changes'); END;

    CREATE TRIGGER trust_package_stays BEFORE DELETE ON trust_package
    BEGIN SELECT RAISE(ABORT, 'a trust package that was in force is never removed'); END;

    CREATE TABLE trust_proposal (
      family      TEXT NOT NULL PRIMARY KEY,
      kind        TEXT NOT NULL CHECK (kind IN ('first', 'next', 'anew')),
      sha256      TEXT NOT NULL CHECK (length(sha256) = 64),
      proposed_at TEXT NOT NULL,
      proposed_by TEXT NOT NULL,
      username    TEXT NOT NULL
    ) STRICT;

    CREATE TABLE trust_proposal_step (
      family    TEXT NOT NULL REFERENCES trust_proposal (family) ON DELETE CASCADE,
      step      INTEGER NOT NULL CHECK (step >= 0),
      sha256    TEXT NOT NULL CHECK (length(sha256) = 64),
      document  BLOB NOT NULL,
      signature BLOB NOT NULL,
      PRIMARY KEY (family, step)
    ) STRICT;

    CREATE TABLE clock_watch (
      only      INTEGER PRIMARY KEY CHECK (only = 1),
      newest    TEXT NOT NULL,
      jump_seq  INTEGER,
      jump_from TEXT,
      jump_to   TEXT
    ) STRICT;

    INSERT INTO clock_watch (only, newest)
    SELECT 1, time FROM audit_event WHERE time IS NOT NULL ORDER BY seq DESC LIMIT 1;

    CREATE TRIGGER audit_event_vouches_for_clock AFTER INSERT ON audit_event
    WHEN NEW.leaf ->> '$.type' = 'trust.clock-accepted' AND NEW.leaf ->> '$.outcome' = 'done'
    BEGIN
      INSERT INTO clock_watch (only, newest) VALUES (1, NEW.leaf ->> '$.time')
      ON CONFLICT (only) DO UPDATE SET newest = excluded.newest, jump_seq = NULL, jump_from = NULL, jump_to = NULL;
    END;

    CREATE TRIGGER audit_event_watches_clock AFTER INSERT ON audit_event
    WHEN NOT (NEW.leaf ->> '$.type' = 'trust.clock-accepted' AND NEW.leaf ->> '$.outcome' = 'done')
    BEGIN
      INSERT INTO clock_watch (only, newest) VALUES (1, NEW.leaf ->> '$.time')
      ON CONFLICT (only) DO UPDATE SET
        jump_seq  = iif(jump_seq IS NULL AND julianday(excluded.newest) - julianday(newest) > 1, NEW.seq, jump_seq),
        jump_from = iif(jump_seq IS NULL AND julianday(excluded.newest) - julianday(newest) > 1, newest, jump_from),
        jump_to   = iif(jump_seq IS NULL AND julianday(excluded.newest) - julianday(newest) > 1, excluded.newest, jump_to),
        newest    = max(newest, excluded.newest);
    END;
  `,
};
