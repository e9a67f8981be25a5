import type { Migration } from './migration.ts';

/** The station's own settings: its id, its name, when it was created. */
export const stationMigration: Migration = {
  version: 1,
  name: 'station',
  sql: `
    CREATE TABLE station (
      key   TEXT NOT NULL PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
