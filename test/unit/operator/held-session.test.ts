import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOperatorBench, passwordOf, refusal, value, type OperatorBench } from './operator-bench.ts';

const MINUTE_MS = 60_000;

async function hold(bench: OperatorBench, username = 'tom') {
  const operator = await bench.add(username, ['technician']);
  const token = await bench.login(username);
  return { operator, token, held: value(bench.sessions.hold(token)) };
}

test('REQ-OTA-OPR-01 a held session outlives its idle lock, which still keeps everybody else from using it', async () => {
  const bench = await createOperatorBench();
  const { token, held } = await hold(bench);
  bench.clock.advance(20 * MINUTE_MS);
  assert.ok(held.check().ok, 'before anybody has noticed');
  refusal(bench.sessions.use(token), 'operator.session-expired');
  assert.ok(held.check().ok, 'after its row is gone');
  refusal(bench.sessions.use(token), 'station.not-logged-in');
});

test('REQ-OTA-OPR-01 a held session ends with logout', async () => {
  const bench = await createOperatorBench();
  const { token, held } = await hold(bench);
  value(bench.sessions.logout(token));
  refusal(held.check(), 'station.not-logged-in', /not logged in any more/);
});

test('REQ-OTA-OPR-01 a held session ends after the longest time of a session, locked or not', async () => {
  const bench = await createOperatorBench();
  const { token, held } = await hold(bench);
  bench.clock.advance(20 * MINUTE_MS);
  refusal(bench.sessions.use(token), 'operator.session-expired');
  bench.clock.advance(12 * 60 * MINUTE_MS - 20 * MINUTE_MS - 1);
  assert.ok(held.check().ok);
  bench.clock.advance(1);
  refusal(held.check(), 'operator.session-expired');
  assert.equal(held.endsAt, bench.clock.now().toISOString());
});

test('REQ-OTA-OPR-01 a held session ends with the account, with another password and with a clock that is set back', async () => {
  for (const locked of [false, true]) {
    const bench = await createOperatorBench();
    const [admin] = bench.operators.list();
    assert.ok(admin);
    const disabled = await hold(bench, 'tom');
    const reset = await hold(bench, 'ute');
    const untouched = await hold(bench, 'ole');
    if (locked) {
      bench.clock.advance(20 * MINUTE_MS);
      for (const { token } of [disabled, reset, untouched])
        refusal(bench.sessions.use(token), 'operator.session-expired');
    }
    value(bench.operators.disable(admin, disabled.operator.id, 'left'));
    refusal(disabled.held.check(), 'station.not-logged-in');
    const initialPassword = 'another first password to be replaced';
    value(await bench.passwords.reset(admin, reset.operator.id, initialPassword));
    refusal(reset.held.check(), 'station.not-logged-in');
    const change = { currentPassword: initialPassword, newPassword: passwordOf('ute') };
    value(await bench.passwords.change(reset.operator, change));
    refusal(reset.held.check(), 'station.not-logged-in');
    assert.ok(untouched.held.check().ok);
    bench.clock.setWall('2026-11-22T08:00:00.000Z');
    refusal(untouched.held.check(), 'operator.session-expired', /set back/);
  }
});

test('REQ-OTA-OPR-01 only who is logged in can hold a session', async () => {
  const bench = await createOperatorBench();
  refusal(bench.sessions.hold('no token at all'), 'station.not-logged-in');
});
