import type { AuditFilter, AuditPage, AuditRepository, StoredCheckpoint, StoredEvent } from '../audit/repository.ts';
import type { SqliteConnection } from './sqlite-connection.ts';

// The leaf is read as bytes: text that is not UTF-8 any more must not be mended on the way to its hash.
const storedEvent = 'seq, CAST(leaf AS BLOB) AS leaf, CAST(leaf_hash AS BLOB) AS leafHash';

/** Keeps the audit log in the tables of migration 0002. */
export function createAuditRepository(connection: SqliteConnection): AuditRepository {
  const lastSeq = connection.prepare<[], number>('SELECT coalesce(max(seq), 0) FROM audit_event').pluck();
  const event = connection.prepare<[number], StoredEvent>(`SELECT ${storedEvent} FROM audit_event WHERE seq = ?`);
  const eventsAfter = connection.prepare<[number, number], StoredEvent>(
    `SELECT ${storedEvent} FROM audit_event WHERE seq > ? ORDER BY seq LIMIT ?`,
  );
  const node = connection
    .prepare<[number, number], Buffer>('SELECT CAST(hash AS BLOB) FROM audit_node WHERE level = ? AND position = ?')
    .pluck();
  const lastNodeEnd = connection
    .prepare<[], number>('SELECT coalesce(max((position + 1) << level), 0) FROM audit_node WHERE level = 1')
    .pluck();
  const newestCheckpoint = connection.prepare<[], StoredCheckpoint>(
    'SELECT size, note FROM audit_checkpoint ORDER BY size DESC LIMIT 1',
  );
  const checkpointsAfter = connection.prepare<[number, number], StoredCheckpoint>(
    'SELECT size, note FROM audit_checkpoint WHERE size > ? ORDER BY size LIMIT ?',
  );
  const insertEvent = connection.prepare(
    'INSERT INTO audit_event (seq, leaf, leaf_hash) VALUES (?, CAST(? AS TEXT), ?)',
  );
  const insertNode = connection.prepare('INSERT INTO audit_node (level, position, hash) VALUES (?, ?, ?)');
  const insertCheckpoint = connection.prepare('INSERT INTO audit_checkpoint (size, note) VALUES (?, ?)');

  return {
    inTransaction: () => connection.inTransaction,
    lastSeq: () => lastSeq.get() ?? 0,
    event: (seq) => event.get(seq) ?? null,
    findEvents: (page) => findEvents(connection, page),
    eventsAfter: (seq, limit) => eventsAfter.all(seq, limit),
    node: (level, position) => node.get(level, position) ?? null,
    lastNodeEnd: () => lastNodeEnd.get() ?? 0,
    newestCheckpoint: () => newestCheckpoint.get() ?? null,
    checkpointsAfter: (size, limit) => checkpointsAfter.all(size, limit),
    insertEvent: ({ seq, leaf, leafHash }) => void insertEvent.run(seq, leaf, leafHash),
    insertNode: (level, position, hash) => void insertNode.run(level, position, hash),
    insertCheckpoint: ({ size, note }) => void insertCheckpoint.run(size, note),
  };
}

function findEvents(connection: SqliteConnection, { filter, before, after, limit }: AuditPage): StoredEvent[] {
  const { types, outcome, actor, username, job, bundle, unit, since, until } = filter;
  const conditions: readonly (readonly [string, string | number | undefined])[] = [
    ['seq < ?', before],
    ['seq > ?', after],
    // One type alone lets its index give the order too.
    ['type = ?', types?.length === 1 ? types[0] : undefined],
    ['type IN (SELECT value FROM json_each(?))', types && types.length !== 1 ? JSON.stringify(types) : undefined],
    ['outcome = ?', outcome],
    ['actor = ?', actor],
    ['username = ?', username],
    ['job = ?', job],
    ['bundle = ?', bundle],
    ['unit = ?', unit],
    ['time >= ?', since],
    ['time < ?', until],
  ];
  const asked = conditions.filter(([, value]) => value !== undefined);
  const where = asked.length === 0 ? '' : `WHERE ${asked.map(([condition]) => condition).join(' AND ')}`;
  const values = asked.map(([, value]) => value);
  // The page next to `after` is read upwards, and turned round.
  const order = after !== undefined && before === undefined ? 'ASC' : 'DESC';
  const found = `SELECT seq FROM audit_event ${indexFor(filter)} ${where} ORDER BY seq ${order} LIMIT ?`;
  return connection
    .prepare<unknown[], StoredEvent>(`SELECT ${storedEvent} FROM audit_event WHERE seq IN (${found}) ORDER BY seq DESC`)
    .all(...values, limit);
}

/**
 * The index along which a search goes. SQLite does not know how many events fit a condition: left alone it reads half a million events to look at
 * the time of each. Measured over a million events.
 */
function indexFor({ types, outcome, username, unit, since, until, actor, job, bundle }: AuditFilter): string {
  if (actor !== undefined || job !== undefined || bundle !== undefined) return '';
  if (unit !== undefined) return 'INDEXED BY audit_event_by_unit';
  const time = since ?? until;
  const asked = [types, outcome, username, time].filter((value) => value !== undefined);
  if (asked.length === 0) return '';
  if (asked.length > 1 || outcome !== undefined || (types !== undefined && types.length !== 1)) {
    return 'INDEXED BY audit_event_line';
  }
  if (types !== undefined) return 'INDEXED BY audit_event_by_type';
  return username === undefined ? 'INDEXED BY audit_event_by_time' : 'INDEXED BY audit_event_by_username';
}
