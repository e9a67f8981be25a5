import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOperatorBench, passwordOf, refusal, value } from '../operator-bench.ts';
import { enrol, phoneOf } from './enrolled-operator.ts';

const stepMs = 30_000;
const short = 'quaywall';

test('REQ-OTA-OPR-01 an enrolment gives a secret as apps read it, and counts for nothing until its first code', async () => {
  const bench = await createOperatorBench();
  const tess = await bench.add('tess', ['technician']);
  const enrolment = value(await bench.secondFactors.enrol(tess, { password: passwordOf('tess') }));
  const { uri, secretBase32 } = enrolment;
  assert.match(secretBase32, /^[A-Z2-7]{32}$/);
  assert.equal(
    uri,
    `otpauth://totp/Drydock%20North%20%20Bench:tess?secret=${secretBase32}&issuer=Drydock%20North%20%20Bench&algorithm=SHA1&digits=6&period=30`,
  );
  assert.ok((await bench.sessions.login('tess', passwordOf('tess'))).ok);
  refusal(bench.secondFactors.confirm(tess, '000 000'), 'operator.code-wrong');
  const phone = phoneOf(bench, secretBase32);
  const { operator } = value(bench.secondFactors.confirm(tess, ` ${phone().slice(0, 3)} ${phone().slice(3)}`));
  assert.equal(operator.secondFactor, 'enrolled');
  assert.equal(bench.events.at(-1)?.type, 'operator.factor-enrolled');
  refusal(bench.secondFactors.confirm(tess, phone(1)), 'operator.enrolment-unknown');
});

test('REQ-OTA-OPR-01 an enrolment needs the password, and ends by itself after ten minutes or ten wrong codes', async () => {
  const bench = await createOperatorBench();
  const tess = await bench.add('tess', ['technician']);
  refusal(await bench.secondFactors.enrol(tess, { password: 'a wrong one' }), 'operator.password-wrong');
  bench.clock.advance(1000);
  const begin = async () =>
    phoneOf(bench, value(await bench.secondFactors.enrol(tess, { password: passwordOf('tess') })).secretBase32);
  let phone = await begin();
  bench.clock.advance(10 * 60_000);
  refusal(bench.secondFactors.confirm(tess, phone()), 'operator.enrolment-unknown');
  phone = await begin();
  for (let time = 0; time < 10; time += 1) refusal(bench.secondFactors.confirm(tess, 'none'), 'operator.code-wrong');
  refusal(bench.secondFactors.confirm(tess, phone()), 'operator.enrolment-unknown');
});

test('REQ-OTA-OPR-01 a first code of another time says by how much the clocks differ', async () => {
  const bench = await createOperatorBench();
  const tess = await bench.add('tess', ['technician']);
  const { secretBase32 } = value(await bench.secondFactors.enrol(tess, { password: passwordOf('tess') }));
  const phone = phoneOf(bench, secretBase32);
  refusal(bench.secondFactors.confirm(tess, phone(-9)), 'operator.code-wrong', /4\.5 min before/);
  refusal(bench.secondFactors.confirm(tess, phone(4)), 'operator.code-wrong', /2 min after/);
});

test('REQ-OTA-OPR-01 another factor takes the place of the first only with a code of the first', async () => {
  const bench = await createOperatorBench();
  const tess = await enrol(bench, 'tess', ['technician']);
  bench.clock.advance(stepMs);
  refusal(await bench.secondFactors.enrol(tess.view, { password: passwordOf('tess') }), 'operator.code-required');
  const proof = { password: passwordOf('tess'), code: tess.code() };
  const { secretBase32 } = value(await bench.secondFactors.enrol(tess.view, proof));
  const phone = phoneOf(bench, secretBase32);
  value(bench.secondFactors.confirm(tess.view, phone()));
  bench.clock.advance(stepMs);
  refusal(await bench.sessions.login('tess', passwordOf('tess'), tess.code()), 'operator.code-wrong');
  bench.clock.advance(1000);
  refusal(await bench.sessions.login('tess', passwordOf('tess'), tess.recoveryCodes[0]), 'operator.code-wrong');
  bench.clock.advance(2000);
  assert.ok((await bench.sessions.login('tess', passwordOf('tess'), phone())).ok);
});

test('REQ-OTA-OPR-01 new recovery codes end the old ones', async () => {
  const bench = await createOperatorBench();
  const tess = await enrol(bench, 'tess', ['technician']);
  bench.clock.advance(stepMs);
  const proof = { password: passwordOf('tess'), code: tess.code() };
  const { recoveryCodes } = value(await bench.secondFactors.renewRecoveryCodes(tess.view, proof));
  refusal(await bench.sessions.login('tess', passwordOf('tess'), tess.recoveryCodes[1]), 'operator.code-wrong');
  bench.clock.advance(1000);
  assert.ok((await bench.sessions.login('tess', passwordOf('tess'), recoveryCodes[1])).ok);
});

test('REQ-OTA-OPR-01 a password of 8 characters is allowed beside a second factor, and holds the factor fast', async () => {
  const bench = await createOperatorBench();
  const tess = await enrol(bench, 'tess', ['technician']);
  const [admin] = bench.operators.list();
  assert.ok(admin);
  const change = (newPassword: string, currentPassword = passwordOf('tess')) => {
    bench.clock.advance(stepMs);
    return bench.passwords.change(tess.view, { currentPassword, newPassword, code: tess.code() });
  };
  refusal(await change('quaywal'), 'operator.password-too-short', /at least 8/);
  value(await change(short));
  bench.clock.advance(stepMs);
  const proof = { password: short, code: tess.code() };
  refusal(await bench.secondFactors.remove(tess.view, proof), 'operator.factor-guards-password', /longer password/);
  refusal(
    await bench.secondFactors.reset(admin, tess.view.id, null),
    'operator.factor-guards-password',
    /initial password/,
  );
  value(await change(passwordOf('tess'), short));
  bench.clock.advance(stepMs);
  const removed = await bench.secondFactors.remove(tess.view, { password: passwordOf('tess'), code: tess.code() });
  assert.equal(value(removed).secondFactor, 'none');
  assert.ok((await bench.sessions.login('tess', passwordOf('tess'))).ok);
  refusal(
    await bench.passwords.change(tess.view, { currentPassword: passwordOf('tess'), newPassword: short }),
    'operator.password-too-short',
    /at least 15/,
  );
});

test('REQ-OTA-OPR-01 an administrator resets a lost factor: audited, sessions end, and a short password goes with it', async () => {
  const bench = await createOperatorBench();
  const tess = await enrol(bench, 'tess', ['technician']);
  const [admin] = bench.operators.list();
  assert.ok(admin);
  bench.clock.advance(stepMs);
  const { token } = value(await bench.sessions.login('tess', passwordOf('tess'), tess.code()));
  assert.equal(value(await bench.secondFactors.reset(admin, tess.view.id, null)).secondFactor, 'none');
  assert.deepEqual(bench.events.at(-1), {
    type: 'operator.factor-reset',
    actor: { kind: 'operator', id: admin.id, username: 'admin' },
    outcome: 'done',
    subject: { operator: tess.view.id },
    data: { username: 'tess' },
  });
  refusal(bench.sessions.use(token), 'station.not-logged-in');
  refusal(await bench.secondFactors.reset(admin, tess.view.id, null), 'operator.factor-missing');

  const again = await enrol(bench, 'otto', ['auditor']);
  bench.clock.advance(stepMs);
  const change = { currentPassword: passwordOf('otto'), newPassword: short, code: again.code() };
  value(await bench.passwords.change(again.view, change));
  const initial = 'handed over on a slip of paper';
  const reset = value(await bench.secondFactors.reset(admin, again.view.id, initial));
  assert.deepEqual([reset.secondFactor, reset.mustChangePassword], ['none', true]);
  assert.deepEqual(
    bench.events.slice(-2).map(({ type }) => type),
    ['operator.factor-reset', 'operator.password-changed'],
  );
  refusal(await bench.sessions.login('otto', short), 'operator.login-refused');
  bench.clock.advance(1000);
  assert.ok((await bench.sessions.login('otto', initial)).ok);
});

test('REQ-OTA-OPR-01 a reset password leaves the second factor where it is', async () => {
  const bench = await createOperatorBench();
  const tess = await enrol(bench, 'tess', ['technician']);
  const [admin] = bench.operators.list();
  assert.ok(admin);
  const initial = 'handed over on a slip of paper';
  value(await bench.passwords.reset(admin, tess.view.id, initial));
  bench.clock.advance(stepMs);
  refusal(await bench.sessions.login('tess', initial), 'operator.code-required');
  assert.ok((await bench.sessions.login('tess', initial, tess.code())).ok);
});

test('REQ-OTA-OPR-01 an administrator does not reset his own factor from a session that stands open', async () => {
  const bench = await createOperatorBench();
  const ada = await enrol(bench, 'ada', ['administrator']);
  refusal(await bench.secondFactors.reset(ada.view, ada.view.id, null), 'operator.factor-own');
});

test('REQ-OTA-OPR-01 where the station asks a role for a second factor, its operators may do nothing before they have one, and keep it', async () => {
  const bench = await createOperatorBench();
  const tess = await bench.add('tess', ['approver']);
  const token = await bench.login('tess');
  const [admin] = bench.operators.list();
  assert.ok(admin);
  assert.ok(value(bench.sessions.use(token)).permissions.includes('approval.sign'));
  assert.deepEqual(bench.secondFactors.require(admin, ['approver', 'administrator']), ['approver', 'administrator']);
  assert.deepEqual(bench.events.at(-1)?.data, { before: [], after: ['approver', 'administrator'] });
  const { operator, permissions } = value(bench.sessions.use(token));
  assert.deepEqual([operator.secondFactor, permissions], ['missing', []]);
  const { secretBase32 } = value(await bench.secondFactors.enrol(tess, { password: passwordOf('tess') }));
  const phone = phoneOf(bench, secretBase32);
  value(bench.secondFactors.confirm(tess, phone()));
  assert.ok(value(bench.sessions.use(token)).permissions.includes('approval.sign'));
  bench.clock.advance(stepMs);
  const proof = { password: passwordOf('tess'), code: phone() };
  refusal(await bench.secondFactors.remove(tess, proof), 'operator.factor-required', /approver/);
});
