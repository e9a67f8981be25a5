import type { Migration } from './migration.ts';

/**
 * What the log is searched by. `audit_event_line` is a narrow row for each event in the order of the log: what no index leads to is looked for along it,
 * without reading the events themselves. `username` is derived from the leaf like the columns before it.
 */
export const auditSearchMigration: Migration = {
  version: 14,
  name: 'audit-search',
  sql: `
    ALTER TABLE audit_event ADD COLUMN
      username TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(leaf) THEN leaf ->> '$.actor.username' END) VIRTUAL;

    CREATE INDEX audit_event_line ON audit_event (seq, time, type, outcome, username, unit);
    CREATE INDEX audit_event_by_username ON audit_event (username) WHERE username IS NOT NULL;
  `,
};
