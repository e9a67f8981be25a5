import type { Migration } from './migration.ts';

/**
 * Standing orders, and the jobs that they started. `body` is the order as canonical JSON. An order that is closed stays closed, and what was
 * started under it is never forgotten.
 */
export const standingOrderMigration: Migration = {
  version: 10,
  name: 'standing-order',
  sql: `
    CREATE TABLE standing_order (
      id        TEXT NOT NULL PRIMARY KEY,
      opened_at TEXT NOT NULL,
      closed    INTEGER NOT NULL CHECK (closed IN (0, 1)),
      body      TEXT NOT NULL CHECK (json_valid(body))
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX standing_order_by_time ON standing_order (opened_at, id);
    CREATE INDEX standing_order_open ON standing_order (id) WHERE closed = 0;

    CREATE TABLE standing_order_unit (
      job_id     TEXT NOT NULL PRIMARY KEY REFERENCES job (id),
      order_id   TEXT NOT NULL REFERENCES standing_order (id),
      position   TEXT NOT NULL,
      serial     TEXT NOT NULL CHECK (length(serial) > 0),
      started_at TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX standing_order_unit_by_order ON standing_order_unit (order_id, started_at);

    CREATE TRIGGER standing_order_stays_closed BEFORE UPDATE ON standing_order WHEN old.closed = 1
    BEGIN SELECT RAISE(ABORT, 'a standing order that was closed stays closed'); END;
    CREATE TRIGGER standing_order_is_never_forgotten BEFORE DELETE ON standing_order
    BEGIN SELECT RAISE(ABORT, 'a standing order is never deleted'); END;
    CREATE TRIGGER standing_order_starts_nothing_closed BEFORE INSERT ON standing_order_unit
    WHEN (SELECT closed FROM standing_order WHERE id = NEW.order_id) = 1
    BEGIN SELECT RAISE(ABORT, 'a closed standing order starts nothing'); END;
    CREATE TRIGGER standing_order_unit_never_changes BEFORE UPDATE ON standing_order_unit
    BEGIN SELECT RAISE(ABORT, 'what a standing order has started never changes'); END;
    CREATE TRIGGER standing_order_unit_is_never_forgotten BEFORE DELETE ON standing_order_unit
    BEGIN SELECT RAISE(ABORT, 'what a standing order has started is never deleted'); END;
  `,
};
