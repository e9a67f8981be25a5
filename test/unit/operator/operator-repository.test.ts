import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOperatorBench, passwordOf, value } from './operator-bench.ts';

test('REQ-OTA-OPR-01 an account comes back from the database as it was stored', async () => {
  const bench = await createOperatorBench();
  const { repository } = bench.ports;
  const stored = repository.findAccountByUsername('admin');
  assert.ok(stored?.signingKey);
  const changed = {
    ...stored,
    printedName: 'Ada Other',
    roles: ['technician', 'approver'] as const,
    status: 'disabled' as const,
    mustChangePassword: true,
    attempts: { failed: 3, blockedUntil: '2026-11-22T09:00:04.000Z' },
  };
  repository.updateAccount(changed);
  assert.deepEqual(repository.findAccount(stored.id), changed);
  repository.updateAccount({ ...changed, signingKey: null });
  assert.equal(repository.findAccount(stored.id)?.signingKey, null);
  assert.equal(repository.findAccountByUsername('nobody'), null);
  assert.throws(
    () => repository.updateAccount({ ...stored, id: '00000000-0000-4000-8000-000000000000' }),
    /not in the database/,
  );
});

test('REQ-OTA-OPR-01 the database refuses to delete or rename an account, and to give a name twice', async () => {
  const bench = await createOperatorBench();
  const { connection, ports } = bench;
  assert.throws(() => connection.exec('DELETE FROM operator'), /disabled, never deleted/);
  assert.throws(() => connection.exec("UPDATE operator SET username = 'eve'"), /never change/);
  assert.throws(() => connection.exec("UPDATE operator SET id = 'x'"), /never change/);
  const admin = ports.repository.findAccountByUsername('admin');
  assert.ok(admin);
  assert.throws(() => ports.repository.insertAccount({ ...admin, id: 'other' }), /UNIQUE/);
  assert.throws(() => ports.repository.updateAccount({ ...admin, passwordHash: 'plain' }), /CHECK/);
});

test('REQ-OTA-OPR-01 lists accounts in the order of their making', async () => {
  const bench = await createOperatorBench();
  await bench.add('zoe', ['technician']);
  await bench.add('bo', ['approver']);
  assert.deepEqual(
    bench.operators.list().map(({ username }) => username),
    ['admin', 'zoe', 'bo'],
  );
});

test('REQ-OTA-OPR-01 an encrypted key and a password hash are all that the database holds of a password', async () => {
  const bench = await createOperatorBench();
  const { token } = value(await bench.sessions.login('admin', passwordOf('admin')));
  const bytes = bench.connection.serialize();
  for (const secret of [passwordOf('admin'), token]) assert.ok(!bytes.includes(secret));
  assert.ok(bytes.includes('$argon2id$'));
});
