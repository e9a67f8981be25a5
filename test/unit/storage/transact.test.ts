import assert from 'node:assert/strict';
import test from 'node:test';
import { RefusalError } from '../../../contract/result.ts';
import { describeStorageFailure } from '../../../core/storage/storage-failure.ts';
import { createStationRepository } from '../../../core/storage/station-repository.ts';
import { openTestDatabase } from './open-test-database.ts';

function hasCode(code: string): (error: unknown) => boolean {
  return (error) => error instanceof RefusalError && error.refusal.code === code && error.cause !== undefined;
}

test('a transaction stores all of its work and hands back its value', (t) => {
  const { connection, transact } = openTestDatabase(t);
  const settings = createStationRepository(connection);
  const value = transact(() => {
    settings.set('a', '1');
    settings.set('a', '2');
    return connection.inTransaction;
  });
  assert.deepEqual([value, settings.get('a'), settings.get('b')], [true, '2', null]);
  assert.equal(connection.inTransaction, false);
});

test('a transaction that throws stores nothing and hands on the very error', (t) => {
  const { connection, transact } = openTestDatabase(t);
  const settings = createStationRepository(connection);
  const failure = new Error('no');
  const work = () => {
    settings.set('a', '1');
    throw failure;
  };
  assert.throws(
    () => transact(work),
    (error) => error === failure,
  );
  assert.equal(settings.get('a'), null);
  transact(() => settings.set('a', '2'));
  assert.equal(settings.get('a'), '2');
});

test('a nested transaction is part of the outer one', (t) => {
  const { connection, transact } = openTestDatabase(t);
  const settings = createStationRepository(connection);
  const work = () => {
    transact(() => settings.set('inner', '1'));
    throw new Error('outer failed');
  };
  assert.throws(() => transact(work), /outer failed/);
  assert.equal(settings.get('inner'), null);
});

test('an outer transaction cannot commit past a nested one that failed', (t) => {
  const { connection, transact } = openTestDatabase(t);
  const settings = createStationRepository(connection);
  const swallow = () => {
    settings.set('outer', '1');
    assert.throws(() =>
      transact(() => {
        settings.set('inner', '1');
        throw new Error('inner failed');
      }),
    );
  };
  assert.throws(() => transact(swallow), /inner failed/);
  assert.deepEqual([settings.get('outer'), settings.get('inner')], [null, null]);
  transact(() => settings.set('outer', '2'));
  assert.equal(settings.get('outer'), '2', 'the failure does not outlive its transaction');
});

test('asynchronous work is a bug, at any depth', (t) => {
  const { connection, transact } = openTestDatabase(t);
  const settings = createStationRepository(connection);
  const work = () => {
    settings.set('a', '1');
    return Promise.resolve();
  };
  assert.throws(() => transact(work), /must be synchronous/);
  assert.throws(() => transact(() => void transact(work)), /must be synchronous/);
  assert.equal(settings.get('a'), null);
});

test('hooks run once per outermost transaction, before and after its commit', (t) => {
  const { afterCommit, beforeCommit, connection, transact } = openTestDatabase(t);
  const seen: [string, boolean][] = [];
  beforeCommit(() => seen.push(['before', connection.inTransaction]));
  afterCommit(() => seen.push(['after', connection.inTransaction]));
  transact(() => transact(() => undefined));
  assert.deepEqual(seen, [
    ['before', true],
    ['after', false],
  ]);
  assert.throws(() => transact(() => assert.fail('no')));
  assert.equal(seen.length, 2);
});

test('REQ-OTA-AUD-03 a hook before the commit can still stop it', (t) => {
  const { beforeCommit, connection, transact } = openTestDatabase(t);
  const settings = createStationRepository(connection);
  beforeCommit(() => assert.fail('cannot be sealed'));
  assert.throws(() => transact(() => settings.set('a', '1')), /cannot be sealed/);
  assert.equal(settings.get('a'), null);
});

test('REQ-OTA-AUD-03 a full disk is named and leaves the database as it was and usable', (t) => {
  const { connection, transact } = openTestDatabase(t);
  const settings = createStationRepository(connection);
  transact(() => settings.set('a', '1'));
  const pages = Number(connection.pragma('page_count', { simple: true }));
  connection.pragma(`max_page_count = ${pages}`);
  const fill = () => {
    settings.set('a', '2');
    settings.set('big', 'x'.repeat(100_000));
  };
  assert.throws(() => transact(fill), hasCode('station.disk-full'));
  assert.deepEqual([settings.get('a'), settings.get('big'), connection.inTransaction], ['1', null, false]);
  connection.pragma(`max_page_count = ${pages + 100}`);
  transact(fill);
  assert.equal(settings.get('a'), '2');
});

test('a database that cannot be written is a storage failure', (t) => {
  const { connection, transact } = openTestDatabase(t);
  const settings = createStationRepository(connection);
  connection.pragma('query_only = ON');
  assert.throws(() => transact(() => settings.set('a', '1')), hasCode('station.storage-failed'));
});

test('an error of the file system inside a transaction is named; a bug stays what it is', () => {
  const fileError = (code: string) => Object.assign(new Error(`${code}: write`), { code, syscall: 'write' });
  assert.equal(describeStorageFailure(fileError('ENOSPC'))?.code, 'station.disk-full');
  assert.equal(describeStorageFailure(fileError('EDQUOT'))?.code, 'station.disk-full');
  assert.equal(describeStorageFailure(fileError('EIO'))?.code, 'station.storage-failed');
  assert.equal(describeStorageFailure(new TypeError('a bug')), null);
  assert.equal(describeStorageFailure('text'), null);
});

test('a broken statement is a bug, not a storage failure', (t) => {
  const { connection, transact } = openTestDatabase(t);
  const work = () => connection.exec("INSERT INTO station (key, value) VALUES ('a', NULL)");
  assert.throws(
    () => transact(work),
    (error) => !(error instanceof RefusalError) && describeStorageFailure(error) === null,
  );
});
