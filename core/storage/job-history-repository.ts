import * as v from 'valibot';
import type { JobSearch, UnitKey } from '../../contract/schema/job-history.ts';
import { UpdateJobView } from '../../contract/schema/update-job.ts';
import type { JobHistory } from '../update/job-history.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

/** Up to so many jobs that begin with a text, their ids are listed and sorted; where there are more, the history is read in order of time. */
const FEW = 500;
/** Counting goes no further. */
const MOST_COUNTED = 10_000;

/** What is searched by its beginning. SQLite's NOCASE folds ASCII, and nothing else can stand in these columns' searches. */
const textColumns = ['serial', 'work_order', 'asset_tag', 'udi', 'product'] as const;
/** Follows every printable ASCII character: the end of the range that a prefix begins. */
const AFTER_ALL = '\x7f';

type SqlValue = string | number;
interface Clause {
  readonly sql: string;
  readonly values: readonly SqlValue[];
}

/** Searches jobs in SQLite, through the narrow rows of migration 0013. */
export function createJobHistory(connection: SqliteConnection): JobHistory {
  const select = (sql: string, values: readonly SqlValue[]): string[] =>
    connection
      .prepare<SqlValue[], string>(sql)
      .pluck()
      .all(...values);
  const jobsOf = connection
    .prepare<[string, string, string, number], string>(
      `SELECT body FROM job WHERE id IN (
         SELECT id FROM job_line INDEXED BY job_line_by_unit
         WHERE serial = ? COLLATE NOCASE AND serial = ? AND product = ? ORDER BY created_at DESC, id DESC LIMIT ?
       ) ORDER BY created_at DESC, id DESC`,
    )
    .pluck();
  const countJobsOf = connection
    .prepare<[string, string, string], number>(
      `SELECT count(*) FROM job_line INDEXED BY job_line_by_unit WHERE serial = ? COLLATE NOCASE AND serial = ? AND product = ?`,
    )
    .pluck();
  const range =
    'serial IS NOT NULL AND product IS NOT NULL AND serial >= ? COLLATE NOCASE AND serial < ? COLLATE NOCASE';
  const order = 'serial COLLATE NOCASE, serial, product';
  const nextUnit = connection.prepare<[string, string, string, string, string], UnitKey>(
    `SELECT product, serial FROM job_line INDEXED BY job_line_by_unit
     WHERE ${range} AND (${order}) > (?, ?, ?) ORDER BY ${order} LIMIT 1`,
  );
  const nextUnitOfProduct = connection.prepare<[string, string, string, string, string, string], UnitKey>(
    `SELECT product, serial FROM job_line INDEXED BY job_line_by_unit_of_product
     WHERE ${range} AND (${order}) > (?, ?, ?) AND product = ? ORDER BY ${order} LIMIT 1`,
  );

  function idsBeginningWith(text: string): readonly string[] | null {
    const each = textColumns.map(
      (column) =>
        `SELECT * FROM (SELECT id FROM job_line WHERE ${column} IS NOT NULL AND ${isPrefixOf(column)} LIMIT ${FEW + 1})`,
    );
    const values = textColumns.flatMap(() => [text, text + AFTER_ALL]);
    const ids = select(`SELECT DISTINCT id FROM (${each.join(' UNION ALL ')}) LIMIT ${FEW + 1}`, values);
    return ids.length > FEW ? null : ids;
  }

  function clausesOf(query: JobSearch): { readonly where: string; readonly values: SqlValue[]; readonly from: string } {
    const ids = query.text === null ? null : idsBeginningWith(query.text);
    const clauses = [...filterClauses(query), ...textClauses(query.text, ids)];
    return {
      where: clauses.length === 0 ? '1' : clauses.map(({ sql }) => sql).join(' AND '),
      values: clauses.flatMap(({ values }) => values),
      // The planner knows nothing of how rare a value is: told, it reads the rows in their order, which is that of time.
      from: ids === null ? 'job_line NOT INDEXED' : 'job_line',
    };
  }

  return {
    search(query, { before, limit }) {
      const { where, values, from } = clausesOf(query);
      const older =
        before === null
          ? []
          : [{ sql: '(created_at, id) < (SELECT created_at, id FROM job_line WHERE id = ?)', value: before }];
      const all = [where, ...older.map(({ sql }) => sql)].join(' AND ');
      // The ids first, from the narrow rows; bodies are then read of those few.
      return select(
        `SELECT body FROM job WHERE id IN (
           SELECT id FROM ${from} WHERE ${all} ORDER BY created_at DESC, id DESC LIMIT ?
         ) ORDER BY created_at DESC, id DESC`,
        [...values, ...older.map(({ value }) => value), limit],
      ).map(parseJob);
    },
    count(query) {
      const { where, values, from } = clausesOf(query);
      const sql = `SELECT count(*) FROM (SELECT 1 FROM ${from} WHERE ${where} LIMIT ${MOST_COUNTED + 1})`;
      const found =
        connection
          .prepare<SqlValue[], number>(sql)
          .pluck()
          .get(...values) ?? 0;
      return { total: Math.min(found, MOST_COUNTED), isTotalExact: found <= MOST_COUNTED };
    },
    units({ text, product, after }, limit) {
      const end = (text ?? '') + AFTER_ALL;
      const found: UnitKey[] = [];
      let last: UnitKey = after ?? { serial: text ?? '', product: '' };
      while (found.length < limit) {
        const { serial } = last;
        const at = [serial, end, serial, serial, last.product] as const;
        const next = product === null ? nextUnit.get(...at) : nextUnitOfProduct.get(...at, product);
        if (next === undefined) break;
        found.push(next);
        last = next;
      }
      return found;
    },
    countJobsOf: ({ serial, product }) => countJobsOf.get(serial, serial, product) ?? 0,
    jobsOf: ({ serial, product }, limit) => jobsOf.all(serial, serial, product, limit).map(parseJob),
  };
}

function isPrefixOf(column: string): string {
  return `${column} >= ? COLLATE NOCASE AND ${column} < ? COLLATE NOCASE`;
}

function filterClauses({ states, from, to, bundleDigest, operator }: JobSearch): Clause[] {
  const clauses: Clause[] = [];
  if (states.length > 0) clauses.push({ sql: `state IN (${states.map(() => '?').join(', ')})`, values: states });
  if (from !== null) clauses.push({ sql: 'created_at >= ?', values: [asStored(from)] });
  if (to !== null) clauses.push({ sql: 'created_at < ?', values: [asStored(to)] });
  if (bundleDigest !== null) clauses.push({ sql: 'bundle_digest = ?', values: [bundleDigest] });
  if (operator !== null) clauses.push({ sql: 'operator = ?', values: [operator] });
  return clauses;
}

function textClauses(text: string | null, ids: readonly string[] | null): Clause[] {
  if (text === null) return [];
  if (ids !== null) return [{ sql: 'id IN (SELECT value FROM json_each(?))', values: [JSON.stringify(ids)] }];
  return [
    {
      sql: `(${textColumns.map((column) => `(${isPrefixOf(column)})`).join(' OR ')})`,
      values: textColumns.flatMap(() => [text, text + AFTER_ALL]),
    },
  ];
}

/** Times are stored with milliseconds, and compared as text. */
function asStored(utc: string): string {
  return new Date(utc).toISOString();
}

/** Our own row, read as strictly as a foreign one. */
function parseJob(body: string): UpdateJobView {
  return v.parse(UpdateJobView, JSON.parse(body));
}
