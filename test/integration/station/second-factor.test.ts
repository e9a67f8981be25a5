import assert from 'node:assert/strict';
import { test } from 'node:test';
import { phoneOf } from '../../unit/operator/factor/enrolled-operator.ts';
import { password, VirtualDepot } from '../../helpers/virtual-depot.ts';

const stepMs = 30_000;

async function enrol(depot: VirtualDepot, who: string) {
  const { secretBase32 } = await depot.call(who, 'operator.enrol-factor', { password });
  const phone = phoneOf(depot, secretBase32);
  const { recoveryCodes } = await depot.call(who, 'operator.confirm-factor', { code: phone() });
  depot.clock.advance(stepMs);
  return { phone, recoveryCodes, secretBase32 };
}

test('REQ-OTA-OPR-01 REQ-OTA-POL-02 an enrolled approver signs with password and code, also after a restart, and nothing secret is in the log', async (t) => {
  const depot = await VirtualDepot.set(t);
  const { phone, recoveryCodes, secretBase32 } = await enrol(depot, 'approver');
  await depot.restart();
  const { bundle } = await depot.call('administrator', 'bundle.import', { path: depot.bundle() });
  const request = {
    kind: 'install',
    bundleDigest: bundle.digest,
    product: 'drydock.virtual-unit',
    scope: { serials: '*', workOrder: null },
    meaning: 'Approved',
    reasonCode: null,
    downgrade: null,
  } as const;
  const alone = await depot.refusal('approver', 'approval.sign', { request, password });
  assert.equal(alone.code, 'operator.code-required');
  await depot.call('approver', 'approval.sign', { request, password, code: phone() });
  assert.equal((await depot.update(bundle.digest)).state, 'confirmed');
  const log = JSON.stringify(
    await depot.call('auditor', 'audit.list', { before: null, type: null, outcome: null, limit: 500 }),
  );
  for (const secret of [secretBase32, ...recoveryCodes, password]) assert.ok(!log.includes(secret));
  assert.ok(log.includes('operator.factor-enrolled'));
});

test('REQ-OTA-OPR-01 who must have a second factor may only enrol one, log out or change the password, and is told so', async (t) => {
  const depot = await VirtualDepot.set(t);
  await depot.call('administrator', 'operator.require-factor', { roles: ['technician'] });
  assert.equal((await depot.refusal('technician', 'device.list', {})).code, 'operator.factor-required');
  assert.equal((await depot.refusal('technician', 'operator.factor-rule', {})).code, 'operator.factor-required');
  assert.deepEqual((await depot.call('auditor', 'operator.factor-rule', {})).roles, ['technician']);
  await enrol(depot, 'technician');
  assert.equal((await depot.call('technician', 'device.list', {})).length, 1);
  assert.equal(
    (await depot.refusal('approver', 'operator.require-factor', { roles: [] })).code,
    'station.permission-denied',
  );
});

test('REQ-OTA-OPR-01 an operator sees since when the second factor is enrolled, and how many recovery codes are left', async (t) => {
  const depot = await VirtualDepot.set(t);
  const nothing = { enrolledAt: null, recoveryCodesLeft: 0 };
  assert.deepEqual(await depot.call('technician', 'operator.own-factor', {}), nothing);
  const enrolledAt = depot.clock.now().toISOString();
  const { recoveryCodes } = await enrol(depot, 'technician');
  assert.deepEqual(await depot.call('technician', 'operator.own-factor', {}), { enrolledAt, recoveryCodesLeft: 8 });
  await depot.call(null, 'session.login', { username: 'technician', password, code: recoveryCodes[2] ?? '' });
  assert.equal((await depot.call('technician', 'operator.own-factor', {})).recoveryCodesLeft, 7);
  assert.deepEqual(await depot.call('approver', 'operator.own-factor', {}), nothing);
});

test('REQ-OTA-OPR-01 an initial password is replaced before a second factor is enrolled', async (t) => {
  const depot = await VirtualDepot.set(t);
  await depot.call('administrator', 'operator.require-factor', { roles: ['technician'] });
  const initialPassword = 'initial pass phrase of the day';
  const input = { username: 'nina', printedName: 'Nina New', roles: ['technician'] as 'technician'[], initialPassword };
  await depot.call('administrator', 'operator.create', input);
  const { token } = await depot.call(null, 'session.login', { username: 'nina', password: initialPassword });
  depot.tokens.set('nina', token);
  const refused = await depot.refusal('nina', 'operator.enrol-factor', { password: initialPassword });
  assert.equal(refused.code, 'operator.must-change-password');
});
