import type { Migration } from './migration.ts';

const derived = `
  body ->> '$.executedBy.id', body ->> '$.product', body ->> '$.workOrder', body ->> '$.assetTag', body ->> '$.udi'`;

/**
 * What jobs are searched by, a narrow row beside each job: a search reads no job's body, which is hundreds of times as long. Triggers write it with the job, so that
 * what a job is found by is what it says. `job_line_by_unit` leads from one unit to the next.
 */
export const jobSearchMigration: Migration = {
  version: 13,
  name: 'job-search',
  sql: `
    CREATE TABLE job_line (
      created_at    TEXT NOT NULL,
      id            TEXT NOT NULL UNIQUE REFERENCES job (id),
      state         TEXT NOT NULL,
      bundle_digest TEXT NOT NULL,
      serial        TEXT,
      operator      TEXT,
      product       TEXT,
      work_order    TEXT,
      asset_tag     TEXT,
      udi           TEXT,
      PRIMARY KEY (created_at, id)
    ) STRICT, WITHOUT ROWID;

    INSERT INTO job_line SELECT created_at, id, state, bundle_digest, serial, ${derived} FROM job WHERE json_valid(body);

    CREATE INDEX job_line_by_unit ON job_line (serial COLLATE NOCASE, serial, product)
      WHERE serial IS NOT NULL AND product IS NOT NULL;
    CREATE INDEX job_line_by_unit_of_product ON job_line (product, serial COLLATE NOCASE, serial)
      WHERE serial IS NOT NULL AND product IS NOT NULL;
    CREATE INDEX job_line_by_serial ON job_line (serial COLLATE NOCASE) WHERE serial IS NOT NULL;
    CREATE INDEX job_line_by_product ON job_line (product COLLATE NOCASE) WHERE product IS NOT NULL;
    CREATE INDEX job_line_by_work_order ON job_line (work_order COLLATE NOCASE) WHERE work_order IS NOT NULL;
    CREATE INDEX job_line_by_asset_tag ON job_line (asset_tag COLLATE NOCASE) WHERE asset_tag IS NOT NULL;
    CREATE INDEX job_line_by_udi ON job_line (udi COLLATE NOCASE) WHERE udi IS NOT NULL;

    CREATE TRIGGER job_line_follows_insert AFTER INSERT ON job WHEN json_valid(NEW.body)
    BEGIN
      INSERT INTO job_line
      SELECT created_at, id, state, bundle_digest, serial, ${derived}
      FROM job WHERE id = NEW.id;
    END;

    CREATE TRIGGER job_line_follows_update AFTER UPDATE ON job WHEN json_valid(NEW.body)
    BEGIN
      UPDATE job_line SET state = NEW.state, serial = NEW.serial, product = NEW.body ->> '$.product' WHERE id = NEW.id;
    END;
  `,
};
