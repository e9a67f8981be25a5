import assert from 'node:assert/strict';
import test from 'node:test';
import { RefusalError } from '../../../contract/result.ts';
import { leafOf } from '../../../core/audit/event.ts';
import { hashLeaf, verifyConsistency, verifyInclusion } from '../../../core/audit/merkle-tree.ts';
import { draft, openTestLog, stationId } from './open-test-log.ts';

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof RefusalError && error.refusal.code === code;
}

test('REQ-OTA-AUD-01 an appended event gets the next seq, the time and the station', (t) => {
  const { log, record } = openTestLog(t);
  const [first, second] = record(draft('a'), draft('b'));
  assert.deepEqual(first, { ...draft('a'), seq: 1, time: '2026-11-22T09:00:00.000Z', station: stationId });
  assert.equal(second?.seq, 2);
  assert.equal(log.size(), 2);
  assert.deepEqual(log.event(2), { ok: true, value: second });
  const unknown = log.event(3);
  assert.ok(!unknown.ok && unknown.code === 'audit.event-unknown');
});

test('REQ-OTA-AUD-03 an event outside a transaction is a bug and throws', (t) => {
  const { log } = openTestLog(t);
  assert.throws(() => log.append(draft('alone')), /only inside a transaction/);
  assert.equal(log.size(), 0);
});

test('REQ-OTA-AUD-03 an event that cannot be recorded undoes its operation', (t) => {
  const { database, log, record } = openTestLog(t);
  record(draft('before'));
  const operate = (data: { text: string }) =>
    database.transact(() => {
      database.connection.exec("INSERT INTO station (key, value) VALUES ('operation', 'done')");
      log.append(draft('', { data }));
    });
  assert.throws(() => operate({ text: 'x'.repeat(70_000) }), hasCode('audit.event-too-large'));
  assert.throws(
    () => operate({ text: '\ud800' }),
    (error) => error instanceof Error,
  );
  assert.equal(database.connection.prepare('SELECT count(*) FROM station').pluck().get(), 0);
  assert.equal(log.size(), 1);
});

test('REQ-OTA-AUD-03 an operation that fails takes its events with it', (t) => {
  const { database, log, record } = openTestLog(t);
  record(draft('before'));
  const { root } = { root: log.root() };
  assert.throws(
    () =>
      database.transact(() => {
        log.append(draft('gone'));
        log.append(draft('gone too'));
        throw new Error('the operation failed');
      }),
    /the operation failed/,
  );
  assert.deepEqual([log.size(), log.root()], [1, root]);
  assert.equal(record(draft('after'))[0]?.seq, 2);
});

test('REQ-OTA-AUD-01 the order is that of seq, also when the clock is set back', (t) => {
  const { clock, log, record } = openTestLog(t);
  record(draft('late'));
  clock.setWall('2020-01-01T00:00:00.000Z');
  record(draft('early'));
  assert.deepEqual(
    log.list({ filter: {}, limit: 10 }).map(({ seq, time }) => [seq, time]),
    [
      [2, '2020-01-01T00:00:00.000Z'],
      [1, '2026-11-22T09:00:00.000Z'],
    ],
  );
});

test('REQ-OTA-AUD-01 the database refuses to change, remove, replace or squeeze in a row', (t) => {
  const { database, record } = openTestLog(t);
  for (let count = 0; count < 4; count += 1) record(draft(`event ${count}`));
  const row = "'{}', zeroblob(32)";
  const attempts = [
    "UPDATE audit_event SET leaf = '{}' WHERE seq = 2",
    'UPDATE OR REPLACE audit_event SET seq = 9 WHERE seq = 2',
    'DELETE FROM audit_event WHERE seq = 4',
    `INSERT OR REPLACE INTO audit_event (seq, leaf, leaf_hash) VALUES (4, ${row})`,
    `INSERT INTO audit_event (seq, leaf, leaf_hash) VALUES (6, ${row})`,
    `INSERT OR IGNORE INTO audit_event (seq, leaf, leaf_hash) VALUES (0, ${row})`,
    `INSERT INTO audit_event (seq, leaf, leaf_hash) VALUES (4, ${row}) ON CONFLICT DO UPDATE SET leaf = '{}'`,
    "INSERT INTO audit_event (seq, leaf, leaf_hash) VALUES (5, '{}', x'00')",
    'UPDATE audit_node SET hash = zeroblob(32)',
    'DELETE FROM audit_node',
    'INSERT OR REPLACE INTO audit_node (level, position, hash) VALUES (1, 1, zeroblob(32))',
    'INSERT INTO audit_node (level, position, hash) VALUES (1, 2, zeroblob(32))',
    "UPDATE audit_checkpoint SET note = ''",
    'DELETE FROM audit_checkpoint',
    "INSERT OR REPLACE INTO audit_checkpoint (size, note) VALUES (4, '')",
    "INSERT INTO audit_checkpoint (size, note) VALUES (5, '')",
  ];
  for (const sql of attempts) assert.throws(() => database.connection.exec(sql), /append-only|CHECK constraint/, sql);
});

test('REQ-OTA-AUD-01 lists newest first, page by page', (t) => {
  const { log, record } = openTestLog(t);
  for (let count = 1; count <= 7; count += 1) record(draft(`event ${count}`));
  const pages: number[][] = [];
  let before: number | undefined;
  for (;;) {
    const page = log.list({ filter: {}, limit: 3, ...(before !== undefined && { before }) });
    if (page.length === 0) break;
    pages.push(page.map(({ seq }) => seq));
    before = page.at(-1)?.seq;
  }
  assert.deepEqual(pages, [[7, 6, 5], [4, 3, 2], [1]]);
  assert.equal(log.list({ filter: {}, limit: 0 }).length, 1, 'the limit is at least one');
});

test('REQ-OTA-AUD-01 lists by type, outcome, operator, job, bundle, unit and time', (t) => {
  const { clock, log, record } = openTestLog(t);
  const maria = { kind: 'operator', id: 'u1', username: 'maria' } as const;
  record(draft('1', { type: 'session.login', actor: maria, subject: { operator: 'u1' } }));
  clock.advance(1000);
  record(draft('2', { type: 'bundle.imported', actor: maria, subject: { bundle: 'b1' } }));
  clock.advance(1000);
  record(draft('3', { type: 'update.moved', subject: { bundle: 'b1', job: 'j1', unit: 'n1' } }));
  clock.advance(1000);
  record(
    draft('4', {
      type: 'update.moved',
      outcome: 'failed',
      code: 'update.no-contact',
      subject: { job: 'j2', unit: 'n1' },
    }),
  );
  const find = (filter: Parameters<typeof log.list>[0]['filter']) =>
    log.list({ filter, limit: 10 }).map(({ seq }) => seq);
  assert.deepEqual(find({ types: ['session.login', 'update.moved'] }), [4, 3, 1]);
  assert.deepEqual(find({ types: [] }), []);
  assert.deepEqual(find({ outcome: 'failed' }), [4]);
  assert.deepEqual(find({ actor: 'u1' }), [2, 1]);
  assert.deepEqual(find({ job: 'j1' }), [3]);
  assert.deepEqual(find({ bundle: 'b1' }), [3, 2]);
  assert.deepEqual(find({ unit: 'n1' }), [4, 3]);
  assert.deepEqual(find({ since: '2026-11-22T09:00:01.000Z', until: '2026-11-22T09:00:03.000Z' }), [3, 2]);
  assert.deepEqual(find({ unit: 'n1', outcome: 'done' }), [3]);
});

test('REQ-OTA-AUD-01 each event is proven to be in each later tree, and each tree to begin with the earlier ones', (t) => {
  const { log, record } = openTestLog(t);
  for (let count = 0; count < 20; count += 1) record(draft(`event ${count}`));
  for (let size = 1; size <= 20; size += 1) {
    for (let seq = 1; seq <= size; seq += 1) {
      const event = log.event(seq);
      assert.ok(event.ok);
      const leafHash = hashLeaf(Buffer.from(leafOf(event.value)));
      const proof = log.inclusionProof(seq, size);
      const claim = { leafIndex: BigInt(seq - 1), treeSize: BigInt(size), leafHash, proof, root: log.root(size) };
      assert.ok(verifyInclusion(claim), `event ${seq} of ${size}`);
      const roots = { oldRoot: log.root(seq), newRoot: log.root(size) };
      const consistent = {
        oldSize: BigInt(seq),
        newSize: BigInt(size),
        ...roots,
        proof: log.consistencyProof(seq, size),
      };
      assert.ok(verifyConsistency(consistent), `${seq} to ${size}`);
    }
  }
  assert.throws(() => log.inclusionProof(1, 21), RangeError);
  assert.throws(() => log.inclusionProof(0), RangeError);
  assert.throws(() => log.consistencyProof(0), RangeError);
  assert.throws(() => log.root(21), RangeError);
});

test('REQ-OTA-AUD-02 an event that came in past the station is never signed along', (t) => {
  const { database, log, record } = openTestLog(t);
  record(draft('ours'));
  const foreign = leafOf({ ...draft('theirs'), seq: 2, time: '2026-11-22T09:00:00.000Z', station: stationId });
  const insert = database.connection.prepare('INSERT INTO audit_event (seq, leaf, leaf_hash) VALUES (2, ?, ?)');
  insert.run(foreign, hashLeaf(Buffer.from(foreign)));
  assert.throws(() => record(draft('next')), hasCode('audit.unsealed'));
  assert.equal(log.size(), 2);
});
