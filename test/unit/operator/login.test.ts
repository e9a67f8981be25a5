import assert from 'node:assert/strict';
import { test } from 'node:test';
import { accept } from '../../../contract/result.ts';
import { sha256Hex } from '../../../core/digest.ts';
import { Authentication } from '../../../core/operator/authentication.ts';
import { hashPassword, verifyPassword } from '../../../core/operator/password-hash.ts';
import { createOperatorBench, passwordOf, refusal, value } from './operator-bench.ts';

const wrong = 'not the password at all';

test('REQ-OTA-OPR-01 logs in with the right password and answers with a fresh 256-bit token', async () => {
  const bench = await createOperatorBench();
  await bench.add('tess', ['technician']);
  const first = value(await bench.sessions.login('tess', passwordOf('tess')));
  const second = value(await bench.sessions.login('tess', passwordOf('tess')));
  assert.equal(Buffer.from(first.token, 'base64url').length, 32);
  assert.notEqual(first.token, second.token);
  assert.equal(first.session.operator.username, 'tess');
  assert.ok(first.session.permissions.includes('update.execute'));
  assert.equal(first.session.idleAt, '2026-11-22T09:15:00.000Z');
  assert.equal(first.session.expiresAt, '2026-11-22T21:00:00.000Z');
  assert.equal(bench.events.at(-1)?.type, 'session.login');
  assert.equal(bench.events.at(-1)?.outcome, 'done');
});

test('REQ-OTA-OPR-01 answers a wrong password and an unknown name alike, also in how long they must wait', async () => {
  const bench = await createOperatorBench();
  for (let attempt = 1; attempt <= 12; attempt += 1) {
    const known = await bench.sessions.login('admin', wrong);
    const unknown = await bench.sessions.login('nobody', wrong);
    assert.deepEqual(known, unknown);
    assert.deepEqual(await bench.sessions.login('admin', wrong), await bench.sessions.login('nobody', wrong));
    bench.clock.advance(1000 * 2 ** (attempt - 1));
  }
});

test('REQ-OTA-OPR-01 computes one password hash of the same cost for an unknown name too', async () => {
  const bench = await createOperatorBench();
  const compared: string[] = [];
  const authentication = new Authentication(bench.ports, (stored, password) => {
    compared.push(stored);
    return verifyPassword(stored, password);
  });
  for (const username of ['admin', 'nobody', '', 'Admin']) {
    const tried = await authentication.verify({ by: 'login', username }, { password: wrong }, accept);
    refusal(tried, 'operator.login-refused', /^Username or password is wrong\.$/);
  }
  assert.deepEqual(
    compared.map((stored) => stored.split('$').slice(0, 4).join('$')),
    Array.from({ length: 4 }, () => '$argon2id$v=19$m=8,t=1,p=1'),
  );
});

test('REQ-OTA-OPR-01 a password that is replaced while it is being compared logs nobody in, and stays replaced', async () => {
  const bench = await createOperatorBench();
  const { repository } = bench.ports;
  const replacement = await hashPassword('seven quiet herons', bench.ports.cost, bench.ports.randomBytes);
  const authentication = new Authentication(bench.ports, async (stored, password) => {
    const account = repository.findAccountByUsername('admin');
    assert.ok(account);
    repository.updateAccount({ ...account, passwordHash: replacement });
    return verifyPassword(stored, password);
  });
  const proof = { password: passwordOf('admin') };
  const tried = await authentication.verify({ by: 'login', username: 'admin' }, proof, accept);
  refusal(tried, 'operator.login-refused');
  assert.equal(repository.findAccountByUsername('admin')?.passwordHash, replacement);
});

test('REQ-OTA-OPR-01 a wait holds for the right password too, and success forgives the failures', async () => {
  const bench = await createOperatorBench();
  refusal(await bench.sessions.login('admin', wrong), 'operator.login-refused');
  refusal(await bench.sessions.login('admin', passwordOf('admin')), 'operator.throttled');
  bench.clock.advance(1000);
  assert.ok((await bench.sessions.login('admin', passwordOf('admin'))).ok);
  refusal(await bench.sessions.login('admin', wrong), 'operator.login-refused');
  bench.clock.advance(999);
  refusal(await bench.sessions.login('admin', passwordOf('admin')), 'operator.throttled', /1 s/);
});

test('REQ-OTA-OPR-01 guesses made at the same moment do not escape the count', async () => {
  const bench = await createOperatorBench();
  const answers = await Promise.all(Array.from({ length: 8 }, () => bench.sessions.login('admin', wrong)));
  const codes = answers.map((answer) => (answer.ok ? 'accepted' : answer.code));
  assert.deepEqual(codes.filter((code) => code === 'operator.login-refused').length, 1);
  assert.deepEqual(codes.filter((code) => code === 'operator.throttled').length, 7);
});

test('REQ-OTA-OPR-01 a lockout survives a restart, and an administrator lifts it', async () => {
  const bench = await createOperatorBench();
  const tess = await bench.add('tess', ['technician']);
  for (let attempt = 0; attempt < 10; attempt += 1) {
    refusal(await bench.sessions.login('tess', wrong), 'operator.login-refused');
    if (attempt < 9) bench.clock.advance(1000 * 2 ** attempt);
  }
  const restarted = bench.restart();
  refusal(await restarted.sessions.login('tess', passwordOf('tess')), 'operator.locked', /ask an administrator/);
  const [admin, seen] = restarted.operators.list();
  assert.ok(admin && seen);
  assert.equal(seen.lockedUntil, new Date(bench.clock.now().getTime() + 15 * 60_000).toISOString());
  assert.equal(value(restarted.operators.unlock(admin, tess.id)).lockedUntil, null);
  assert.deepEqual(restarted.events.at(-1), {
    type: 'operator.unlocked',
    actor: { kind: 'operator', id: admin.id, username: 'admin' },
    outcome: 'done',
    subject: { operator: tess.id },
    data: { username: 'tess', failedAttempts: 10 },
  });
  assert.ok((await restarted.sessions.login('tess', passwordOf('tess'))).ok);
});

test('REQ-OTA-OPR-01 tells that an account is disabled only to who knows its password', async () => {
  const bench = await createOperatorBench();
  const tess = await bench.add('tess', ['technician']);
  const [admin] = bench.operators.list();
  assert.ok(admin);
  value(bench.operators.disable(admin, tess.id, 'left'));
  refusal(await bench.sessions.login('tess', wrong), 'operator.login-refused');
  bench.clock.advance(1000);
  refusal(await bench.sessions.login('tess', passwordOf('tess')), 'operator.disabled', /disabled/);
});

test('REQ-OTA-POL-03 every refused login is audited: with the account where there is one, else without the typed name', async () => {
  const bench = await createOperatorBench();
  const [admin] = bench.operators.list();
  assert.ok(admin);
  await bench.sessions.login('admin', wrong);
  await bench.sessions.login('admin', wrong);
  await bench.sessions.login('my secret typed here', wrong);
  const common = { type: 'session.login', actor: { kind: 'station' }, outcome: 'refused' };
  assert.deepEqual(bench.events.slice(-3), [
    {
      ...common,
      subject: { operator: admin.id },
      code: 'operator.login-refused',
      data: { username: 'admin', failedAttempts: 1 },
    },
    {
      ...common,
      subject: { operator: admin.id },
      code: 'operator.throttled',
      data: { username: 'admin', failedAttempts: 1 },
    },
    { ...common, subject: {}, code: 'operator.login-refused', data: {} },
  ]);
});

test('REQ-OTA-AUD-03 nobody is logged in where the event cannot be written', async () => {
  const bench = await createOperatorBench();
  const append = bench.ports.audit.append.bind(bench.ports.audit);
  Object.assign(bench.ports.audit, {
    append: () => {
      throw new Error('no room for the event');
    },
  });
  await assert.rejects(bench.sessions.login('admin', passwordOf('admin')), /no room/);
  assert.equal(bench.connection.prepare('SELECT count(*) FROM session').pluck().get(), 0);
  Object.assign(bench.ports.audit, { append });
});

test('REQ-OTA-OPR-01 a hash of another cost is replaced when its password is next typed', async () => {
  const bench = await createOperatorBench();
  const account = bench.ports.repository.findAccountByUsername('admin');
  assert.ok(account);
  const older = await hashPassword(
    passwordOf('admin'),
    { memoryKib: 16, passes: 2, lanes: 1 },
    bench.ports.randomBytes,
  );
  bench.ports.repository.updateAccount({ ...account, passwordHash: older });
  await bench.login('admin');
  assert.match(bench.ports.repository.findAccountByUsername('admin')?.passwordHash ?? '', /\$m=8,t=1,p=1\$/);
  assert.ok((await bench.sessions.login('admin', passwordOf('admin'))).ok);
});

test('REQ-OTA-OPR-01 a copied database logs nobody in: it holds the hash of the token, not the token', async () => {
  const bench = await createOperatorBench();
  const token = await bench.login('admin');
  const stored = bench.connection.prepare('SELECT * FROM session').get();
  assert.ok(!JSON.stringify(stored).includes(token));
  const tokenSha256 = sha256Hex(Buffer.from(token, 'utf8'));
  assert.ok(JSON.stringify(stored).includes(tokenSha256));
  refusal(bench.sessions.use(tokenSha256), 'station.not-logged-in');
});
