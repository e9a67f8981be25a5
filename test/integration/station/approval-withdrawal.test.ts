import assert from 'node:assert/strict';
import { createPublicKey, verify } from 'node:crypto';
import { test } from 'node:test';
import { canonicalJson } from '../../../core/canonical-json.ts';
import { openConnection } from '../../../core/storage/sqlite-connection.ts';
import { password, VirtualDepot } from '../../helpers/virtual-depot.ts';
import { join } from 'node:path';

const reason = 'Signed for the wrong release';

test('REQ-OTA-POL-01 a bundle waits until it is approved, and each operator sees whether to sign', async (t) => {
  const depot = await VirtualDepot.set(t);
  const { bundle } = await depot.call('administrator', 'bundle.import', { path: depot.bundle() });
  const ask = async (who: string) =>
    (await depot.call(who, 'approval.pending', { kinds: ['install'], limit: 10 })).pending;
  const [seen] = await ask('approver');
  assert.deepEqual(
    [seen?.bundleDigest, seen?.required, seen?.given, seen?.mayNotSign, seen?.importedBy],
    [bundle.digest, 1, 0, null, 'Ada Administrator'],
  );
  assert.equal((await ask('technician'))[0]?.mayNotSign?.code, 'station.permission-denied');
  await depot.approve(bundle.digest);
  assert.deepEqual(await ask('approver'), []);
  const everyKind = { kinds: ['install', 'recovery', 'downgrade'] as ('install' | 'recovery' | 'downgrade')[] };
  const both = await depot.call('approver', 'approval.pending', { ...everyKind, limit: 1 });
  assert.deepEqual([both.pending.map(({ kind }) => kind), both.omitted], [['recovery'], 1]);
});

test('REQ-OTA-POL-01 the station itself says whether approvals are complete, until when, and where it cannot say', async (t) => {
  const depot = await VirtualDepot.set(t);
  const { bundle } = await depot.call('administrator', 'bundle.import', { path: depot.bundle() });
  const { digest: bundleDigest } = bundle;
  const state = async () =>
    (await depot.call('technician', 'approval.state', { kind: 'install', bundleDigests: [bundleDigest] }))[0];
  assert.deepEqual(await state(), { bundleDigest, state: 'waiting', required: 1, given: 0, limited: 0, ended: 0 });
  const one = { serials: ['VU-0001'], workOrder: null };
  await depot.signApproval({ bundleDigest, kind: 'install', scope: one, downgrade: null });
  assert.deepEqual(await state(), { bundleDigest, state: 'waiting', required: 1, given: 0, limited: 1, ended: 0 });
  const first = await depot.approve(bundleDigest);
  assert.deepEqual(await state(), { bundleDigest, state: 'complete', required: 1, until: first.expiresAt });
  // A second, later signature of somebody else carries further; of two that count, one is needed.
  await depot.hire('second', 'Sam Second', ['approver']);
  depot.clock.advance(3_600_000);
  await depot.login('second');
  const scope = { serials: '*', workOrder: null } as const;
  const later = await depot.signApproval({ bundleDigest, kind: 'install', scope, downgrade: null }, 'second');
  assert.ok(later.expiresAt > first.expiresAt);
  for (const who of ['technician', 'approver', 'administrator']) await depot.login(who);
  assert.deepEqual(await state(), { bundleDigest, state: 'complete', required: 1, until: later.expiresAt });
  const unknown = { kind: 'install', bundleDigests: ['0'.repeat(64)] } as const;
  const refused = await depot.refusal('technician', 'approval.state', {
    ...unknown,
    bundleDigests: [...unknown.bundleDigests],
  });
  assert.equal(refused.code, 'update.bundle-unknown');
  depot.clock.advance(400 * 24 * 3_600_000);
  await depot.acceptClock();
  await depot.login('technician');
  assert.deepEqual(await state(), { bundleDigest, state: 'expired' });
});

test('REQ-OTA-POL-02 an approver takes an approval back before it is used: signed, audited, and nothing begins under it', async (t) => {
  const depot = await VirtualDepot.set(t);
  const bundleDigest = await depot.approved();
  const [approval] = await depot.call('auditor', 'approval.list', { bundleDigest });
  assert.ok(approval);
  const withdrawal = { approval: approval.id, reason, password };
  assert.equal((await depot.refusal('technician', 'approval.withdraw', withdrawal)).code, 'station.permission-denied');
  await depot.hire('second', 'Sam Second', ['approver']);
  assert.equal((await depot.refusal('second', 'approval.withdraw', withdrawal)).code, 'policy.approval-not-own');
  const wrong = await depot.refusal('approver', 'approval.withdraw', { ...withdrawal, password: 'a wrong one' });
  assert.equal(wrong.code, 'operator.password-wrong');
  depot.clock.advance(1000);
  const statement = await depot.call('approver', 'approval.withdraw', withdrawal);
  assert.equal((await depot.refusal('approver', 'approval.withdraw', withdrawal)).code, 'policy.approval-withdrawn');
  assert.deepEqual(await depot.call('auditor', 'approval.withdrawals', { bundleDigest }), [statement]);

  const refused = await depot.update(bundleDigest);
  assert.deepEqual([refused.state, refused.code], ['refused', 'policy.approvals-missing']);
  assert.match(refused.reason ?? '', /Anna Approver has taken the approval back/);

  const [event] = await depot.call('auditor', 'audit.list', {
    before: null,
    type: 'approval.withdrawn',
    outcome: null,
    limit: 1,
  });
  assert.deepEqual([event?.subject.approval, event?.data['reason']], [approval.id, reason]);
  await depot.station.close();
  const connection = openConnection(join(depot.folder, 'data', 'station.db'));
  const row = connection.prepare('SELECT * FROM approval_withdrawal').get() as Record<string, string>;
  assert.throws(() => connection.exec('DELETE FROM approval_withdrawal'), /append-only/);
  assert.throws(() => connection.exec("UPDATE approval_withdrawal SET statement = '{}'"), /append-only/);
  connection.close();
  const key = createPublicKey({ key: Buffer.from(row['public_key'] ?? '', 'base64'), format: 'der', type: 'spki' });
  assert.equal(row['statement'], canonicalJson(statement));
  assert.ok(verify(null, Buffer.from(canonicalJson(statement)), key, Buffer.from(row['signature'] ?? '', 'base64')));
});

test('REQ-OTA-POL-02 an approval that is taken back while the image is staged stops the activation; the unit runs what it ran', async (t) => {
  const depot = await VirtualDepot.set(t);
  const bundleDigest = await depot.approved();
  const [approval] = await depot.call('auditor', 'approval.list', { bundleDigest });
  assert.ok(approval);
  const withdrawn = depot.atFirstProgress(() =>
    depot.call('approver', 'approval.withdraw', { approval: approval.id, reason, password }),
  );
  const job = await depot.update(bundleDigest);
  await withdrawn();
  assert.deepEqual([job.state, job.code], ['failed', 'policy.approvals-missing']);
  const state = await depot.call('technician', 'device.read', { position: '1-1' });
  assert.deepEqual([state.mode, state.boot.swap, state.slots.at(0)?.counter], ['application', 'none', 1]);
});

test('REQ-OTA-POL-02 a unit that was activated under an approval is brought to its end when it is taken back', async (t) => {
  const depot = await VirtualDepot.set(t);
  const bundleDigest = await depot.approved();
  const [approval] = await depot.call('auditor', 'approval.list', { bundleDigest });
  assert.ok(approval);
  const withdrawn: Promise<unknown>[] = [];
  depot.station.subscribe((event) => {
    if (event.type === 'job.written' && event.job.state === 'testing' && withdrawn.length === 0) {
      withdrawn.push(depot.call('approver', 'approval.withdraw', { approval: approval.id, reason, password }));
    }
  });
  const job = await depot.update(bundleDigest);
  assert.equal((await Promise.all(withdrawn)).length, 1);
  assert.deepEqual([job.state, job.approvals], ['confirmed', [approval.id]]);
});

test('an approval that this station does not know is not taken back', async (t) => {
  const depot = await VirtualDepot.set(t);
  const withdrawal = { approval: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff', reason, password };
  assert.equal((await depot.refusal('approver', 'approval.withdraw', withdrawal)).code, 'policy.approval-unknown');
});
