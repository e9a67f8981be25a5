import type { Migration } from './migration.ts';

/** The bench map: how the ports of the house are called. What it was before stands in the audit log. */
export const benchMigration: Migration = {
  version: 9,
  name: 'bench',
  sql: `
    CREATE TABLE bench_place (
      position TEXT NOT NULL PRIMARY KEY CHECK (length(position) BETWEEN 1 AND 64),
      name     TEXT NOT NULL COLLATE NOCASE UNIQUE CHECK (length(name) BETWEEN 1 AND 64),
      number   INTEGER UNIQUE CHECK (number BETWEEN 1 AND 16)
    ) STRICT, WITHOUT ROWID;
  `,
};
