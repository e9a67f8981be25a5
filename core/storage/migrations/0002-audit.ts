import type { Migration } from './migration.ts';

/** Rows of the table can be neither changed nor removed, not even through INSERT OR REPLACE (recursive_triggers is on). */
function refuseChanges(table: string): string {
  return `
    CREATE TRIGGER ${table}_never_changes BEFORE UPDATE ON ${table}
    BEGIN SELECT RAISE(ABORT, '${table} is append-only: no row may be changed'); END;

    CREATE TRIGGER ${table}_never_shrinks BEFORE DELETE ON ${table}
    BEGIN SELECT RAISE(ABORT, '${table} is append-only: no row may be deleted'); END;
  `;
}

/** A column that SQLite derives from the leaf, so that what is filtered can never differ from what is hashed. */
function derivedFromLeaf(column: string, jsonPath: string): string {
  return `${column} TEXT GENERATED ALWAYS AS (CASE WHEN json_valid(leaf) THEN leaf ->> '${jsonPath}' END) VIRTUAL`;
}

/**
 * The audit log. An event's leaf index in the RFC 6962 tree is `seq - 1`; the tree's size is the highest `seq`.
 * `audit_node` holds the perfect subtrees of level 1 and up: (level, position) spans the leaves
 * [position << level, (position + 1) << level). A node is stored with the very leaf that completes it.
 */
export const auditMigration: Migration = {
  version: 2,
  name: 'audit',
  sql: `
    CREATE TABLE audit_event (
      seq       INTEGER PRIMARY KEY,
      leaf      TEXT NOT NULL,
      leaf_hash BLOB NOT NULL CHECK (length(leaf_hash) = 32),
      ${derivedFromLeaf('type', '$.type')},
      ${derivedFromLeaf('outcome', '$.outcome')},
      ${derivedFromLeaf('time', '$.time')},
      ${derivedFromLeaf('actor', '$.actor.id')},
      ${derivedFromLeaf('job', '$.subject.job')},
      ${derivedFromLeaf('bundle', '$.subject.bundle')},
      ${derivedFromLeaf('unit', '$.subject.unit')}
    ) STRICT;

    CREATE INDEX audit_event_by_type ON audit_event (type);
    CREATE INDEX audit_event_by_time ON audit_event (time);
    CREATE INDEX audit_event_by_actor ON audit_event (actor) WHERE actor IS NOT NULL;
    CREATE INDEX audit_event_by_job ON audit_event (job) WHERE job IS NOT NULL;
    CREATE INDEX audit_event_by_bundle ON audit_event (bundle) WHERE bundle IS NOT NULL;
    CREATE INDEX audit_event_by_unit ON audit_event (unit) WHERE unit IS NOT NULL;

    CREATE TABLE audit_node (
      level    INTEGER NOT NULL CHECK (level BETWEEN 1 AND 62),
      position INTEGER NOT NULL CHECK (position >= 0),
      hash     BLOB NOT NULL CHECK (length(hash) = 32),
      PRIMARY KEY (level, position)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE audit_checkpoint (
      size INTEGER PRIMARY KEY,
      note TEXT NOT NULL
    ) STRICT;

    CREATE TRIGGER audit_event_in_order BEFORE INSERT ON audit_event
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM audit_event)
    BEGIN SELECT RAISE(ABORT, 'audit_event is append-only: seq must follow the last one'); END;

    CREATE TRIGGER audit_node_in_order BEFORE INSERT ON audit_node
    WHEN ((NEW.position + 1) << NEW.level) IS NOT (SELECT max(seq) FROM audit_event)
      OR EXISTS (SELECT 1 FROM audit_node WHERE level = NEW.level AND position = NEW.position)
    BEGIN SELECT RAISE(ABORT, 'audit_node is append-only: a node follows the leaf that completes it'); END;

    CREATE TRIGGER audit_checkpoint_in_order BEFORE INSERT ON audit_checkpoint
    WHEN NEW.size IS NOT (SELECT max(seq) FROM audit_event)
      OR EXISTS (SELECT 1 FROM audit_checkpoint WHERE size >= NEW.size)
    BEGIN SELECT RAISE(ABORT, 'audit_checkpoint is append-only: a checkpoint covers the whole log'); END;

    ${refuseChanges('audit_event')}
    ${refuseChanges('audit_node')}
    ${refuseChanges('audit_checkpoint')}
  `,
};
