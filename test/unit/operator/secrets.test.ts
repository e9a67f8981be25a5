import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openSigningKey } from '../../../core/operator/signing-key.ts';
import { createOperatorBench, passwordOf, value } from './operator-bench.ts';

test('REQ-OTA-POL-03 no secret reaches an audit event or an answer, whatever the operators do', async () => {
  const bench = await createOperatorBench();
  const tess = await bench.add('tess', ['approver']);
  const [admin] = bench.operators.list();
  assert.ok(admin);
  const typed = [
    'typed into the wrong field',
    'a wrong password here',
    'seven quiet herons at dusk',
    'handed over on a card',
  ] as const;
  const answers: unknown[] = [
    await bench.sessions.login(typed[0], typed[1]),
    await bench.sessions.login('tess', typed[1]),
    await bench.sessions.login('tess', passwordOf('tess')),
  ];
  bench.clock.advance(1000);
  const { token, session } = value(await bench.sessions.login('tess', passwordOf('tess')));
  answers.push(session, await bench.sessions.reauthenticate(token, typed[1]));
  bench.clock.advance(1000);
  answers.push(JSON.stringify(await bench.sessions.reauthenticate(token, passwordOf('tess'))));
  answers.push(bench.sessions.use(token), bench.operators.list());
  answers.push(await bench.passwords.change(tess, { currentPassword: passwordOf('tess'), newPassword: typed[2] }));
  const account = bench.ports.repository.findAccount(tess.id);
  assert.ok(account?.signingKey);
  const key = value(await openSigningKey(account.signingKey, typed[2], tess.id))
    .export({ format: 'der', type: 'pkcs8' })
    .subarray(-32);
  answers.push(await bench.passwords.reset(admin, tess.id, typed[3]), bench.operators.unlock(admin, tess.id));
  answers.push(bench.sessions.use(token), bench.operators.disable(admin, tess.id, 'left'));

  const said = JSON.stringify([bench.events, answers]);
  const secrets = [
    ...typed,
    passwordOf('tess'),
    passwordOf('admin'),
    token,
    account.passwordHash,
    '$argon2',
    key.toString('hex'),
    key.toString('base64'),
  ];
  for (const secret of secrets) assert.ok(!said.includes(secret), `says "${secret}"`);
  assert.ok(bench.events.length >= 8);
});
