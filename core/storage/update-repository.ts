import * as v from 'valibot';
import { UpdateJobView } from '../../contract/schema/update-job.ts';
import { canonicalJson } from '../canonical-json.ts';
import type { UpdateJob } from '../update/job.ts';
import type { JobFilter, UnitHistory, UpdateRepository } from '../update/repository.ts';
import { isClosed } from '../update/transitions.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

interface UnitRow {
  readonly product: string;
  readonly serial: string;
  readonly highest_confirmed: number;
  readonly confirmed_at: string;
}

/** Keeps jobs and unit histories in SQLite. */
export function createUpdateRepository(connection: SqliteConnection): UpdateRepository {
  const insert = connection.prepare(
    `INSERT INTO job (id, created_at, state, closed, bundle_digest, position, serial, body)
     VALUES (@id, @createdAt, @state, @closed, @bundleDigest, @position, @serial, @body)`,
  );
  const update = connection.prepare(
    'UPDATE job SET state = @state, closed = @closed, serial = @serial, body = @body WHERE id = @id',
  );
  const byId = connection.prepare<[string], string>('SELECT body FROM job WHERE id = ?').pluck();
  const openAt = connection.prepare<[string], { id: string; state: string }>(
    'SELECT id, state FROM job WHERE position = ? AND closed = 0 LIMIT 1',
  );
  const list = connection
    .prepare<
      [{ serial: string | null; bundle: string | null; open: number; before: string | null; limit: number }],
      string
    >(
      `SELECT body FROM job
       WHERE (@serial IS NULL OR serial = @serial)
         AND (@bundle IS NULL OR bundle_digest = @bundle)
         AND (@open = 0 OR closed = 0)
         AND (@before IS NULL OR (created_at, id) < (SELECT created_at, id FROM job WHERE id = @before))
       ORDER BY created_at DESC, id DESC LIMIT @limit`,
    )
    .pluck();
  const begun = connection
    .prepare<[string, string, number], string>(
      'SELECT body FROM job WHERE created_at >= ? AND created_at < ? ORDER BY created_at, id LIMIT ?',
    )
    .pluck();
  const unit = connection.prepare<[string, string], UnitRow>('SELECT * FROM unit WHERE product = ? AND serial = ?');
  const highest = connection
    .prepare<[string], number | null>('SELECT max(highest_confirmed) FROM unit WHERE product = ?')
    .pluck();
  const remember = connection.prepare(
    `INSERT INTO unit (product, serial, highest_confirmed, confirmed_at)
     VALUES (@product, @serial, @highestConfirmed, @confirmedAt)
     ON CONFLICT (product, serial) DO UPDATE
     SET highest_confirmed = excluded.highest_confirmed, confirmed_at = excluded.confirmed_at
     WHERE excluded.highest_confirmed >= highest_confirmed`,
  );

  return {
    insertJob: (job) => void insert.run(toRow(job)),
    updateJob: (job) => {
      const { changes } = update.run(toRow(job));
      if (changes !== 1) throw new Error(`job ${job.id} is not in the database`);
    },
    job: (id) => readJob(byId.get(id)),
    openJobAt: (position) => openAt.get(position) ?? null,
    jobs: (filter: JobFilter) =>
      list
        .all({
          serial: filter.serial ?? null,
          bundle: filter.bundleDigest ?? null,
          open: filter.open === true ? 1 : 0,
          before: filter.before ?? null,
          limit: filter.limit,
        })
        .map(parseJob),
    jobsBegun: (from, until, limit) => begun.all(from, until, limit).map(parseJob),
    unitHistory: (product, serial) => toHistory(unit.get(product, serial)),
    highestConfirmedForProduct: (product) => highest.get(product) ?? null,
    recordConfirmed: (history) => void remember.run(history),
  };
}

function toRow(job: UpdateJob): Record<string, string | number | null> {
  return {
    id: job.id,
    createdAt: job.createdAt,
    state: job.state,
    closed: isClosed(job.state) ? 1 : 0,
    bundleDigest: job.bundleDigest,
    position: job.position,
    serial: job.serial,
    body: canonicalJson(job),
  };
}

function readJob(body: string | undefined): UpdateJob | null {
  return body === undefined ? null : parseJob(body);
}

/** Our own row, read as strictly as a foreign one: a database that was edited must not reach a unit. */
function parseJob(body: string): UpdateJob {
  return v.parse(UpdateJobView, JSON.parse(body));
}

function toHistory(row: UnitRow | undefined): UnitHistory | null {
  if (row === undefined) return null;
  return {
    product: row.product,
    serial: row.serial,
    highestConfirmed: row.highest_confirmed,
    confirmedAt: row.confirmed_at,
  };
}
