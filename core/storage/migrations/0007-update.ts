import type { Migration } from './migration.ts';

/**
 * Jobs and the history of units. `body` is the job as canonical JSON, always the fold of its audit events; the other columns are
 * what it is found by. A unit's highest confirmed version never falls (REQ-OTA-VER-02).
 */
export const updateMigration: Migration = {
  version: 7,
  name: 'update',
  sql: `
    CREATE TABLE job (
      id            TEXT NOT NULL PRIMARY KEY,
      created_at    TEXT NOT NULL,
      state         TEXT NOT NULL,
      closed        INTEGER NOT NULL CHECK (closed IN (0, 1)),
      bundle_digest TEXT NOT NULL,
      position      TEXT NOT NULL,
      serial        TEXT,
      body          TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX job_by_time ON job (created_at, id);
    CREATE INDEX job_by_serial ON job (serial, created_at);
    CREATE INDEX job_open ON job (position) WHERE closed = 0;

    CREATE TABLE unit (
      product           TEXT NOT NULL,
      serial            TEXT NOT NULL,
      highest_confirmed INTEGER NOT NULL CHECK (highest_confirmed BETWEEN 1 AND 4294967295),
      confirmed_at      TEXT NOT NULL,
      PRIMARY KEY (product, serial)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX unit_by_version ON unit (product, highest_confirmed);

    CREATE TRIGGER unit_version_never_falls BEFORE UPDATE ON unit WHEN new.highest_confirmed < old.highest_confirmed
    BEGIN SELECT RAISE(ABORT, 'the highest confirmed version of a unit never falls'); END;
    CREATE TRIGGER unit_is_never_forgotten BEFORE DELETE ON unit
    BEGIN SELECT RAISE(ABORT, 'the history of a unit is never deleted'); END;
    CREATE TRIGGER job_is_never_forgotten BEFORE DELETE ON job
    BEGIN SELECT RAISE(ABORT, 'a job is never deleted'); END;
    CREATE TRIGGER job_stays_closed BEFORE UPDATE ON job WHEN old.closed = 1
    BEGIN SELECT RAISE(ABORT, 'a closed job is never changed'); END;
  `,
};
