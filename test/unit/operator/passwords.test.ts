import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { hashPassword } from '../../../core/operator/password-hash.ts';
import { createOperatorBench, passwordOf, refusal, value } from './operator-bench.ts';

const newPassword = 'seven quiet herons at dusk';

test('REQ-OTA-OPR-01 changing the password keeps the signing key and ends all sessions', async () => {
  const bench = await createOperatorBench();
  const tess = await bench.add('tess', ['approver']);
  const token = await bench.login('tess');
  const changed = value(await bench.passwords.change(tess, { currentPassword: passwordOf('tess'), newPassword }));
  assert.equal(changed.publicKeySha256, tess.publicKeySha256);
  assert.deepEqual(bench.events.at(-1)?.data, {
    username: 'tess',
    by: 'operator',
    publicKeySha256: tess.publicKeySha256,
  });
  refusal(bench.sessions.use(token), 'station.not-logged-in');
  refusal(await bench.sessions.login('tess', passwordOf('tess')), 'operator.login-refused');
  bench.clock.advance(1000);
  const fresh = value(await bench.sessions.login('tess', newPassword)).token;
  assert.ok((await bench.sessions.reauthenticate(fresh, newPassword)).ok);
});

test('REQ-OTA-OPR-01 a new password needs the current one, and guesses at it count', async () => {
  const bench = await createOperatorBench();
  const tess = await bench.add('tess', ['approver']);
  refusal(
    await bench.passwords.change(tess, { currentPassword: 'a wrong one', newPassword }),
    'operator.password-wrong',
  );
  refusal(
    await bench.passwords.change(tess, { currentPassword: passwordOf('tess'), newPassword }),
    'operator.throttled',
  );
});

test('REQ-OTA-OPR-01 a new password is another one, and meets the rules', async () => {
  const bench = await createOperatorBench();
  const tess = await bench.add('tess', ['approver']);
  const change = (to: string) => bench.passwords.change(tess, { currentPassword: passwordOf('tess'), newPassword: to });
  refusal(await change(passwordOf('tess')), 'operator.password-unchanged');
  refusal(await change('too short'), 'operator.password-too-short');
  refusal(await change('Tess Berg at Drydock'), 'operator.password-contextual');
});

test('REQ-OTA-OPR-01 of two changes at the same moment one wins, and the key opens with its password', async () => {
  const bench = await createOperatorBench();
  const tess = await bench.add('tess', ['approver']);
  const change = (to: string) => bench.passwords.change(tess, { currentPassword: passwordOf('tess'), newPassword: to });
  const other = 'nine loud geese at dawn';
  const [first, second] = await Promise.all([change(newPassword), change(other)]);
  assert.notEqual(first.ok, second.ok);
  bench.clock.advance(5000);
  const password = first.ok ? newPassword : other;
  const { token } = value(await bench.sessions.login('tess', password));
  assert.ok((await bench.sessions.reauthenticate(token, password)).ok);
});

test('REQ-OTA-OPR-01 a change does not undo a reset that came while it was being hashed', async () => {
  const bench = await createOperatorBench();
  const tess = await bench.add('tess', ['approver']);
  const { repository } = bench.ports;
  const account = repository.findAccount(tess.id);
  assert.ok(account);
  const resetHash = await hashPassword('handed over on a card', bench.ports.cost, bench.ports.randomBytes);
  Object.assign(bench.ports, {
    randomBytes: (lenBytes: number) => {
      repository.updateAccount({ ...account, passwordHash: resetHash, signingKey: null });
      return randomBytes(lenBytes);
    },
  });
  await bench.sessions.login('nobody', 'makes the decoy hash first');
  repository.updateAccount(account);
  refusal(
    await bench.passwords.change(tess, { currentPassword: passwordOf('tess'), newPassword }),
    'operator.password-wrong',
    /changed at the same moment/,
  );
  assert.equal(repository.findAccount(tess.id)?.passwordHash, resetHash);
});

test('REQ-OTA-OPR-01 an administrator resets a forgotten password; the old key is gone with it', async () => {
  const bench = await createOperatorBench();
  const tess = await bench.add('tess', ['approver']);
  const token = await bench.login('tess');
  const [admin] = bench.operators.list();
  assert.ok(admin);
  const initialPassword = 'handed over on a card';
  refusal(await bench.passwords.reset(admin, tess.id, 'short'), 'operator.password-too-short');
  const reset = value(await bench.passwords.reset(admin, tess.id, initialPassword));
  assert.equal(reset.mustChangePassword, true);
  assert.equal(reset.publicKeySha256, null);
  assert.deepEqual(bench.events.at(-1)?.data, {
    username: 'tess',
    by: 'administrator',
    withdrawnKeySha256: tess.publicKeySha256,
  });
  assert.deepEqual(bench.events.at(-1)?.actor, { kind: 'operator', id: admin.id, username: 'admin' });
  refusal(bench.sessions.use(token), 'station.not-logged-in');
  const changed = value(await bench.passwords.change(tess, { currentPassword: initialPassword, newPassword }));
  assert.notEqual(changed.publicKeySha256, tess.publicKeySha256);
});
