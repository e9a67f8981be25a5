import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OperatorView } from '../../../contract/schema/session.ts';
import { RefusalError } from '../../../contract/result.ts';
import { enableAccount } from '../../../core/operator/enable-account.ts';
import { createOperatorBench, passwordOf, refusal, value, type OperatorBench } from './operator-bench.ts';

const MINUTE_MS = 60_000;
const initialPassword = 'handed over on a second card';

async function withAdmin(): Promise<{ bench: OperatorBench; admin: OperatorView }> {
  const bench = await createOperatorBench();
  const [admin] = bench.operators.list();
  return { bench, admin: admin ?? assert.fail() };
}

test('REQ-OTA-OPR-01 other roles end the sessions of before, and the log tells both', async () => {
  const { bench, admin } = await withAdmin();
  const tom = await bench.add('tom', ['technician']);
  const token = await bench.login('tom');
  const changed = value(bench.operators.setRoles(admin, tom.id, ['approver', 'technician']));
  assert.deepEqual(changed.roles, ['technician', 'approver'], 'in the order of the contract');
  assert.deepEqual(bench.events.at(-1), {
    type: 'operator.roles-changed',
    actor: { kind: 'operator', id: admin.id, username: 'admin' },
    outcome: 'done',
    subject: { operator: tom.id },
    data: { username: 'tom', before: ['technician'], after: ['technician', 'approver'] },
  });
  refusal(bench.sessions.use(token), 'station.not-logged-in');
  const again = await bench.login('tom');
  assert.ok(value(bench.sessions.use(again)).permissions.includes('approval.sign'));
  const events = bench.events.length;
  value(bench.operators.setRoles(admin, tom.id, ['technician', 'approver']));
  assert.equal(bench.events.length, events, 'the same roles are no change');
  assert.ok(bench.sessions.use(again).ok);
});

test('REQ-OTA-OPR-01 what a session holds ends with the roles that it was begun in, locked or not', async () => {
  for (const isLocked of [false, true]) {
    const { bench, admin } = await withAdmin();
    const tom = await bench.add('tom', ['technician']);
    const token = await bench.login('tom');
    const held = value(bench.sessions.hold(token));
    if (isLocked) {
      bench.clock.advance(20 * MINUTE_MS);
      refusal(bench.sessions.use(token), 'operator.session-expired');
    }
    assert.ok(held.check().ok);
    value(bench.operators.setRoles(admin, tom.id, ['technician', 'approver']));
    refusal(held.check(), 'station.not-logged-in');
  }
});

test('REQ-OTA-OPR-02 nobody changes his own roles, an auditor has no other, and the last administrator stays one', async () => {
  const { bench, admin } = await withAdmin();
  const tom = await bench.add('tom', ['technician']);
  refusal(bench.operators.setRoles(admin, admin.id, ['administrator', 'technician']), 'operator.roles-own');
  refusal(bench.operators.setRoles(admin, tom.id, ['auditor', 'technician']), 'operator.roles-conflict');
  refusal(bench.operators.setRoles(admin, tom.id, []), 'operator.input-invalid');
  refusal(bench.operators.setRoles(tom, admin.id, ['technician']), 'operator.last-administrator', /lose that role/);
  refusal(bench.operators.setRoles(admin, '00000000-0000-4000-8000-000000000000', ['auditor']), 'operator.unknown');
  const second = await bench.add('second', ['administrator']);
  assert.deepEqual(value(bench.operators.setRoles(second, admin.id, ['auditor'])).roles, ['auditor']);
  refusal(bench.operators.setRoles(admin, second.id, ['auditor']), 'operator.last-administrator');
});

test('REQ-OTA-OPR-01 who comes back has a new initial password and no key of before', async () => {
  const { bench, admin } = await withAdmin();
  const enable = (actor: OperatorView, id: string) =>
    enableAccount(bench, actor, { id, initialPassword, reason: 'back from leave' });
  const tom = await bench.add('tom', ['technician']);
  refusal(await enable(admin, tom.id), 'operator.not-disabled', /Tom/i);
  value(bench.operators.disable(admin, tom.id, 'on leave for a year'));
  assert.deepEqual(bench.events.at(-1)?.data, { username: 'tom', reason: 'on leave for a year' });
  const enabled = value(await enable(admin, tom.id));
  assert.deepEqual([enabled.status, enabled.mustChangePassword, enabled.publicKeySha256], ['active', true, null]);
  const told = bench.events.slice(-2).map(({ type, data }) => [type, data['reason'] ?? data['withdrawnKeySha256']]);
  assert.deepEqual(told, [
    ['operator.enabled', 'back from leave'],
    ['operator.password-changed', tom.publicKeySha256],
  ]);
  refusal(await bench.sessions.login('tom', passwordOf('tom')), 'operator.login-refused');
  bench.clock.advance(MINUTE_MS);
  assert.equal(value(await bench.sessions.login('tom', initialPassword)).session.permissions.length, 0);
  refusal(await enable(admin, '00000000-0000-4000-8000-000000000000'), 'operator.unknown');
});

test('REQ-OTA-OPR-01 two administrators who enable an account at the same moment: one of them, and its password counts', async () => {
  const { bench, admin } = await withAdmin();
  const tom = await bench.add('tom', ['technician']);
  value(bench.operators.disable(admin, tom.id, 'left'));
  const answers = await Promise.allSettled(
    ['first of two cards in hand', 'second of two cards in hand'].map((password) =>
      enableAccount(bench, admin, { id: tom.id, initialPassword: password, reason: 'back' }),
    ),
  );
  const failed = answers.filter((answer) => answer.status === 'rejected');
  assert.equal(failed.length, 1);
  const reason: unknown = failed[0]?.reason;
  assert.ok(reason instanceof RefusalError);
  assert.equal(reason.refusal.code, 'operator.not-disabled');
  assert.equal(bench.events.filter(({ type }) => type === 'operator.enabled').length, 1);
});

test('REQ-OTA-OPR-01 an operator is logged out everywhere by an administrator, and only sessions that stand open count', async () => {
  const { bench, admin } = await withAdmin();
  const tom = await bench.add('tom', ['technician']);
  const early = await bench.login('tom');
  bench.clock.advance(10 * MINUTE_MS);
  const late = await bench.login('tom');
  assert.equal(bench.sessions.countOpen(tom.id), 2);
  bench.clock.advance(6 * MINUTE_MS);
  assert.equal(bench.sessions.countOpen(tom.id), 1, 'the first one was not used for 16 minutes');
  value(bench.operators.endSessions(admin, tom.id));
  assert.equal(bench.sessions.countOpen(tom.id), 0);
  for (const token of [early, late]) refusal(bench.sessions.use(token), 'station.not-logged-in');
  assert.equal(bench.events.at(-1)?.type, 'operator.sessions-ended');
  refusal(bench.operators.endSessions(admin, '00000000-0000-4000-8000-000000000000'), 'operator.unknown');
});
