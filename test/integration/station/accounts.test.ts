import assert from 'node:assert/strict';
import { test } from 'node:test';
import { VirtualDepot } from '../../helpers/virtual-depot.ts';

const minute = 60_000;

async function find(depot: VirtualDepot, username: string) {
  const all = await depot.call('administrator', 'operator.list', {});
  return all.find((account) => account.username === username) ?? assert.fail(username);
}

test('REQ-OTA-OPR-01 the list of accounts tells the last accepted login of each, and how many sessions stand open', async (t) => {
  const depot = await VirtualDepot.set(t);
  const initialPassword = 'initial pass phrase of the day';
  const nina = { username: 'nina', printedName: 'Nina New', roles: ['auditor'] as 'auditor'[], initialPassword };
  await depot.call('administrator', 'operator.create', nina);
  assert.deepEqual((({ lastLoginAt, openSessions }) => [lastLoginAt, openSessions])(await find(depot, 'nina')), [
    null,
    0,
  ]);
  depot.clock.advance(minute);
  const loggedInAt = depot.clock.now().toISOString();
  await depot.login('technician');
  depot.clock.advance(minute);
  await depot.refusal(null, 'session.login', { username: 'technician', password: 'a guess that is wrong' });
  const { lastLoginAt, openSessions } = await find(depot, 'technician');
  assert.equal(lastLoginAt, loggedInAt, 'a refused login is none');
  assert.equal(openSessions, 2);
  const { id } = await find(depot, 'technician');
  await depot.call('administrator', 'operator.end-sessions', { id });
  assert.equal((await find(depot, 'technician')).openSessions, 0);
  assert.equal((await depot.refusal('technician', 'device.list', {})).code, 'station.not-logged-in');
});

test('REQ-OTA-POL-01 an approval of before does not count again when its signer is enabled again', async (t) => {
  const depot = await VirtualDepot.set(t);
  const digest = await depot.approved();
  const { id } = await find(depot, 'approver');
  await depot.call('administrator', 'operator.disable', { id, reason: 'left the house' });
  const initialPassword = 'initial pass phrase of the day';
  await depot.call('administrator', 'operator.enable', { id, initialPassword, reason: 'came back' });
  const job = await depot.update(digest);
  assert.deepEqual([job.state, job.code], ['refused', 'policy.approvals-missing']);
});

test('REQ-OTA-OPR-02 only an administrator changes roles, enables, and ends sessions', async (t) => {
  const depot = await VirtualDepot.set(t);
  const { id } = await find(depot, 'auditor');
  const input = { id, initialPassword: 'initial pass phrase of the day', reason: 'no reason' };
  for (const who of ['technician', 'approver', 'auditor'] as const) {
    const refused = [
      await depot.refusal(who, 'operator.set-roles', { id, roles: ['technician'] }),
      await depot.refusal(who, 'operator.enable', input),
      await depot.refusal(who, 'operator.end-sessions', { id }),
    ];
    assert.deepEqual(new Set(refused.map(({ code }) => code)), new Set(['station.permission-denied']));
  }
  await depot.call('administrator', 'operator.set-roles', { id, roles: ['technician'] });
  await depot.login('auditor');
  assert.equal(
    (await depot.refusal('auditor', 'audit.list', { before: null, type: null, outcome: null, limit: 1 })).code,
    'station.permission-denied',
  );
});
