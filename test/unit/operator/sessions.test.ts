import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOperatorBench, passwordOf, refusal, value } from './operator-bench.ts';

const MINUTE_MS = 60_000;

test('REQ-OTA-OPR-01 a session that is used lives on, one that is not used for 15 minutes is over', async () => {
  const bench = await createOperatorBench();
  const token = await bench.login('admin');
  for (let use = 0; use < 5; use += 1) {
    bench.clock.advance(14 * MINUTE_MS);
    assert.ok(bench.sessions.use(token).ok);
  }
  bench.clock.advance(15 * MINUTE_MS);
  refusal(bench.sessions.use(token), 'operator.session-expired', /not used for 15 min/);
  assert.deepEqual(bench.events.at(-1)?.data, { why: 'idle' });
  const events = bench.events.length;
  refusal(bench.sessions.use(token), 'station.not-logged-in');
  assert.equal(bench.events.length, events, 'the end of a session is recorded once');
});

test('REQ-OTA-OPR-01 looking at a session does not keep it alive', async () => {
  const bench = await createOperatorBench();
  const token = await bench.login('admin');
  bench.clock.advance(14 * MINUTE_MS);
  assert.equal(value(bench.sessions.inspect(token)).idleAt, '2026-11-22T09:15:00.000Z');
  bench.clock.advance(MINUTE_MS);
  refusal(bench.sessions.inspect(token), 'operator.session-expired');
});

test('REQ-OTA-OPR-01 no session lasts longer than 12 hours, however busy', async () => {
  const bench = await createOperatorBench();
  const token = await bench.login('admin');
  for (let minute = 10; minute < 720; minute += 10) {
    bench.clock.advance(10 * MINUTE_MS);
    assert.ok(bench.sessions.use(token).ok, `after ${minute} min`);
  }
  assert.equal(value(bench.sessions.use(token)).idleAt, '2026-11-22T21:00:00.000Z');
  bench.clock.advance(10 * MINUTE_MS);
  refusal(bench.sessions.use(token), 'operator.session-expired', /lasted 12 h/);
});

test('REQ-OTA-SIG-06 setting the clock back does not lengthen a session', async () => {
  const bench = await createOperatorBench();
  const token = await bench.login('admin');
  bench.clock.advance(14 * MINUTE_MS);
  bench.sessions.use(token);
  bench.clock.setWall('2026-11-22T09:13:30.000Z');
  assert.ok(bench.sessions.use(token).ok, 'a small correction is no reason');
  bench.clock.setWall('2026-11-22T09:00:00.000Z');
  refusal(bench.sessions.use(token), 'operator.session-expired', /clock of the station was set back/);
});

test('REQ-OTA-OPR-01 logging out ends that session only', async () => {
  const bench = await createOperatorBench();
  const token = await bench.login('admin');
  const other = await bench.login('admin');
  assert.ok(bench.sessions.logout(token).ok);
  assert.equal(bench.events.at(-1)?.type, 'session.logout');
  refusal(bench.sessions.use(token), 'station.not-logged-in');
  refusal(bench.sessions.logout(token), 'station.not-logged-in');
  assert.ok(bench.sessions.use(other).ok);
});

test('REQ-OTA-OPR-01 a session survives a restart within its idle time', async () => {
  const bench = await createOperatorBench();
  const token = await bench.login('admin');
  assert.ok(bench.restart().sessions.use(token).ok);
});

test('REQ-OTA-OPR-01 a token that was not given out, or is no token, is nobody', async () => {
  const bench = await createOperatorBench();
  const token = await bench.login('admin');
  for (const forged of [
    '',
    'x',
    token.slice(1),
    `${token}A`,
    token.toLowerCase(),
    'A'.repeat(43),
    'A'.repeat(100_000),
  ]) {
    if (forged !== token) refusal(bench.sessions.use(forged), 'station.not-logged-in', /log in first/);
  }
});

test('REQ-OTA-OPR-01 disabling an account ends its sessions at once', async () => {
  const bench = await createOperatorBench();
  const tess = await bench.add('tess', ['technician']);
  const token = await bench.login('tess');
  const [admin] = bench.operators.list();
  assert.ok(admin);
  value(bench.operators.disable(admin, tess.id, 'left'));
  refusal(bench.sessions.use(token), 'station.not-logged-in');
  assert.equal(bench.connection.prepare('SELECT count(*) FROM session').pluck().get(), 0);
});

test('REQ-OTA-OPR-01 a session of an account that is no longer active is worth nothing', async () => {
  const bench = await createOperatorBench();
  const token = await bench.login('admin');
  bench.connection.exec("UPDATE operator SET status = 'disabled'");
  refusal(bench.sessions.use(token), 'station.not-logged-in');
});

test('REQ-OTA-POL-02 signing needs the password again, and failures count as at login', async () => {
  const bench = await createOperatorBench();
  const tess = await bench.add('tess', ['approver']);
  const token = await bench.login('tess');
  const authority = value(await bench.sessions.reauthenticate(token, passwordOf('tess')));
  assert.equal(authority.operator.id, tess.id);
  refusal(await bench.sessions.reauthenticate(token, 'a wrong one'), 'operator.password-wrong');
  refusal(await bench.sessions.reauthenticate(token, passwordOf('tess')), 'operator.throttled');
  refusal(await bench.sessions.login('tess', passwordOf('tess')), 'operator.throttled');
  refusal(await bench.sessions.reauthenticate('A'.repeat(43), passwordOf('tess')), 'station.not-logged-in');
});

test('REQ-OTA-POL-02 entering another operator’s password signs nothing', async () => {
  const bench = await createOperatorBench();
  await bench.add('tess', ['approver']);
  await bench.add('bo', ['approver']);
  refusal(await bench.sessions.reauthenticate(await bench.login('tess'), passwordOf('bo')), 'operator.password-wrong');
});

test('REQ-OTA-POL-02 there is no signature before the initial password is replaced', async () => {
  const bench = await createOperatorBench();
  const [admin] = bench.operators.list();
  assert.ok(admin);
  const initialPassword = 'handed over on a card';
  value(
    await bench.operators.createOperator(admin, {
      username: 'tess',
      printedName: 'Tess Berg',
      roles: ['approver'],
      initialPassword,
    }),
  );
  const { token, session } = value(await bench.sessions.login('tess', initialPassword));
  assert.deepEqual(session.permissions, []);
  refusal(
    await bench.sessions.reauthenticate(token, initialPassword),
    'operator.key-missing',
    /Tess Berg has no signing key yet/,
  );
});

test('REQ-OTA-POL-02 a signing key that does not open is reported, not used', async () => {
  const bench = await createOperatorBench();
  const token = await bench.login('admin');
  bench.connection.exec('UPDATE operator SET key_sealed = zeroblob(64)');
  refusal(await bench.sessions.reauthenticate(token, passwordOf('admin')), 'operator.key-damaged');
});
