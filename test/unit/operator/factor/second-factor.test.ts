import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOperatorBench, passwordOf, refusal, value } from '../operator-bench.ts';
import { enrol } from './enrolled-operator.ts';

const stepMs = 30_000;

test('REQ-OTA-OPR-01 with a second factor, the password alone logs nobody in and the code beside it does', async () => {
  const bench = await createOperatorBench();
  const tess = await enrol(bench, 'tess', ['technician']);
  bench.clock.advance(stepMs);
  refusal(await bench.sessions.login('tess', passwordOf('tess')), 'operator.code-required');
  const { session } = value(await bench.sessions.login('tess', passwordOf('tess'), tess.code()));
  assert.equal(session.operator.secondFactor, 'enrolled');
  assert.deepEqual(bench.events.at(-1)?.data, { factor: { kind: 'one-time-password' } });
});

test('REQ-OTA-OPR-01 a wrong password beside a right code tells nothing of the code, and does not use it up', async () => {
  const bench = await createOperatorBench();
  const tess = await enrol(bench, 'tess', ['technician']);
  bench.clock.advance(stepMs);
  refusal(await bench.sessions.login('tess', 'a wrong one', tess.code()), 'operator.login-refused');
  bench.clock.advance(1000);
  assert.ok((await bench.sessions.login('tess', passwordOf('tess'), tess.code())).ok);
});

test('REQ-OTA-OPR-01 a code is accepted once (RFC 6238 §5.2), also after a restart, and none before it any more', async () => {
  const bench = await createOperatorBench();
  const tess = await enrol(bench, 'tess', ['technician']);
  bench.clock.advance(2 * stepMs);
  const login = (code: string) => bench.restart().sessions.login('tess', passwordOf('tess'), code);
  value(await login(tess.code()));
  refusal(await login(tess.code()), 'operator.code-used', /within 30 s/);
  bench.clock.advance(1000);
  refusal(await login(tess.code(-1)), 'operator.code-used');
  bench.clock.advance(2000);
  assert.ok((await login(tess.code(1))).ok);
});

test('REQ-OTA-OPR-01 the code that confirmed the enrolment is used up by it', async () => {
  const bench = await createOperatorBench();
  const tess = await enrol(bench, 'tess', ['technician']);
  refusal(await bench.sessions.login('tess', passwordOf('tess'), tess.code()), 'operator.code-used');
});

test('REQ-OTA-OPR-01 one time step to either side of the clock is accepted, and no more', async () => {
  for (const [stepsAway, isAccepted] of [
    [-2, false],
    [-1, true],
    [1, true],
    [2, false],
  ] as const) {
    const bench = await createOperatorBench();
    const tess = await enrol(bench, 'tess', ['technician']);
    bench.clock.advance(10 * stepMs);
    const answer = await bench.sessions.login('tess', passwordOf('tess'), tess.code(stepsAway));
    if (isAccepted) value(answer);
    else refusal(answer, 'operator.code-wrong', /clock/);
  }
});

test('REQ-OTA-OPR-01 wrong codes wait and lock like wrong passwords, and a login without a code forgives none of them', async () => {
  const bench = await createOperatorBench();
  await enrol(bench, 'tess', ['technician']);
  for (let attempt = 0; attempt < 10; attempt += 1) {
    refusal(await bench.sessions.login('tess', passwordOf('tess'), 'none'), 'operator.code-wrong');
    const isLocked = attempt === 9;
    refusal(
      await bench.sessions.login('tess', passwordOf('tess')),
      isLocked ? 'operator.locked' : 'operator.throttled',
    );
    if (!isLocked) bench.clock.advance(1000 * 2 ** attempt);
    if (!isLocked) refusal(await bench.sessions.login('tess', passwordOf('tess')), 'operator.code-required');
  }
});

test('REQ-OTA-OPR-01 asking for the code costs no wait', async () => {
  const bench = await createOperatorBench();
  const tess = await enrol(bench, 'tess', ['technician']);
  bench.clock.advance(stepMs);
  for (let time = 0; time < 12; time += 1) {
    refusal(await bench.sessions.login('tess', passwordOf('tess')), 'operator.code-required');
  }
  assert.ok((await bench.sessions.login('tess', passwordOf('tess'), tess.code())).ok);
});

test('REQ-OTA-OPR-01 a recovery code logs in once, however it is typed', async () => {
  const bench = await createOperatorBench();
  const { recoveryCodes } = await enrol(bench, 'tess', ['technician']);
  assert.equal(new Set(recoveryCodes).size, 8);
  const [first = '', second = ''] = recoveryCodes;
  assert.match(first, /^[A-Z2-7]{5}(-[A-Z2-7]{5}){4}$/);
  value(await bench.sessions.login('tess', passwordOf('tess'), first));
  assert.deepEqual(bench.events.at(-1)?.data, { factor: { kind: 'recovery-code', left: 7 } });
  refusal(await bench.sessions.login('tess', passwordOf('tess'), first), 'operator.code-wrong');
  bench.clock.advance(1000);
  value(await bench.sessions.login('tess', passwordOf('tess'), ` ${second.toLowerCase().replaceAll('-', ' ')} `));
});

test("REQ-OTA-OPR-01 a recovery code is its operator's alone", async () => {
  const bench = await createOperatorBench();
  const tess = await enrol(bench, 'tess', ['technician']);
  await enrol(bench, 'otto', ['auditor']);
  refusal(await bench.sessions.login('otto', passwordOf('otto'), tess.recoveryCodes[0]), 'operator.code-wrong');
});

test('REQ-OTA-POL-02 a signature asks for the code too, and for another one than the login before it', async () => {
  const bench = await createOperatorBench();
  const tess = await enrol(bench, 'tess', ['approver']);
  bench.clock.advance(stepMs);
  const used = tess.code();
  const { token } = value(await bench.sessions.login('tess', passwordOf('tess'), used));
  refusal(await bench.sessions.reauthenticate(token, passwordOf('tess')), 'operator.code-required');
  refusal(await bench.sessions.reauthenticate(token, passwordOf('tess'), used), 'operator.code-used');
  bench.clock.advance(stepMs);
  assert.ok((await bench.sessions.reauthenticate(token, passwordOf('tess'), tess.code())).ok);
});

test('REQ-OTA-POL-03 every login that fails at the code is audited by name, and no code or secret is', async () => {
  const bench = await createOperatorBench();
  const tess = await enrol(bench, 'tess', ['approver']);
  bench.clock.advance(stepMs);
  const typed = ['123 456 and more', tess.code(), tess.recoveryCodes[0] ?? ''];
  for (const code of typed) {
    await bench.sessions.login('tess', passwordOf('tess'), code);
    bench.clock.advance(1000);
  }
  const { type, code, subject } = bench.events.find((event) => event.outcome === 'refused') ?? {};
  assert.deepEqual(
    { type, code, subject },
    {
      type: 'session.login',
      code: 'operator.code-wrong',
      subject: { operator: tess.view.id },
    },
  );
  const said = JSON.stringify(bench.events);
  for (const secret of [...typed, ...tess.recoveryCodes, tess.secretBase32]) assert.ok(!said.includes(secret), secret);
});

test("REQ-OTA-OPR-01 a copied database holds neither the secret nor a recovery code, and a factor in another's row does not open", async () => {
  const bench = await createOperatorBench();
  const tess = await enrol(bench, 'tess', ['approver']);
  const otto = await enrol(bench, 'otto', ['auditor']);
  const stored = JSON.stringify([
    bench.connection.prepare('SELECT hex(sealed) AS sealed FROM second_factor').all(),
    bench.connection.prepare('SELECT * FROM recovery_code').all(),
  ]);
  for (const secret of [tess.secretBase32, ...tess.recoveryCodes]) assert.ok(!stored.includes(secret));
  bench.connection.exec(`
    UPDATE second_factor SET last_step = last_step + 1,
      nonce = (SELECT nonce FROM second_factor WHERE operator_id = '${tess.view.id}'),
      sealed = (SELECT sealed FROM second_factor WHERE operator_id = '${tess.view.id}')
    WHERE operator_id = '${otto.view.id}'`);
  bench.clock.advance(3 * stepMs);
  refusal(
    await bench.sessions.login('otto', passwordOf('otto'), tess.code()),
    'operator.factor-damaged',
    /recovery code/,
  );
  bench.clock.advance(1000);
  assert.ok((await bench.sessions.login('otto', passwordOf('otto'), otto.recoveryCodes[0])).ok);
});
