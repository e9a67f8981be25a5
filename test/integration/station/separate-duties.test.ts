import assert from 'node:assert/strict';
import { test } from 'node:test';
import { signedImage, VirtualDepot } from '../../helpers/virtual-depot.ts';

test('REQ-OTA-POL-01 who approved cannot go on with somebody else’s job, before its activation or after', async (t) => {
  const depot = await VirtualDepot.set(t);
  await depot.hire('mallory', 'Mallory Both', ['technician', 'approver']);
  const { bundle } = await depot.call('administrator', 'bundle.import', { path: depot.bundle() });
  await depot.signApproval(
    { bundleDigest: bundle.digest, kind: 'install', scope: { serials: '*', workOrder: null }, downgrade: null },
    'mallory',
  );

  const own = await depot.update(bundle.digest, '1-1', 'install', 'mallory');
  assert.deepEqual([own.state, own.code], ['refused', 'policy.approvals-missing']);

  const restarted = depot.atFirstProgress(() => depot.restart());
  const started = await depot.update(bundle.digest);
  await restarted();
  assert.equal(started.state, 'staging');
  const refusal = await depot.refusal('mallory', 'update.resume', { id: started.id });
  assert.equal(refusal.code, 'policy.approver-executes');
});

test('REQ-OTA-POL-03 the log names who went on with a job, not who began it', async (t) => {
  const depot = await VirtualDepot.set(t);
  await depot.hire('tina', 'Tina Second', ['technician']);
  const digest = await depot.approved();
  const restarted = depot.atFirstProgress(() => depot.restart());
  const started = await depot.update(digest);
  await restarted();
  await depot.call('tina', 'update.resume', { id: started.id });
  const job = await depot.call('tina', 'update.await', { id: started.id });
  assert.equal(job.state, 'confirmed', String(job.reason));
  assert.equal(job.executedBy.username, 'technician');
  const events = await depot.call('auditor', 'audit.list', {
    before: null,
    type: 'update.moved',
    outcome: null,
    limit: 50,
  });
  const last = events.at(0);
  assert.ok(last?.actor.kind === 'operator');
  assert.equal(last.actor.username, 'tina');
});

test('REQ-OTA-POL-01 what changes while an image is staged counts: an operator who is disabled meanwhile stops the activation', async (t) => {
  const depot = await VirtualDepot.set(t);
  const digest = await depot.approved();
  const approver = (await depot.call('administrator', 'operator.list', {})).find(
    ({ username }) => username === 'approver',
  );
  assert.ok(approver);
  const disabled = depot.atFirstProgress(() =>
    depot.call('administrator', 'operator.disable', { id: approver.id, reason: 'left' }),
  );
  const job = await depot.update(digest);
  await disabled();
  assert.deepEqual([job.state, job.code], ['failed', 'policy.approvals-missing']);
  const state = await depot.call('technician', 'device.read', { position: '1-1' });
  assert.deepEqual([state.mode, state.boot.swap, state.slots.at(0)?.counter], ['application', 'none', 1]);
});

test('REQ-OTA-POL-01 a job is judged by the policy that its preflight applied, whatever is installed meanwhile', async (t) => {
  const depot = await VirtualDepot.set(t);
  await depot.installPolicy({ selfTest: { required: ['occlusion'], timeoutSeconds: 60 } });
  const digest = await depot.approved();
  depot.bench.unit('VU-0001').arm({ kind: 'timeout', transfer: 'RESET', nth: 1, applied: true });
  const changed: Promise<unknown>[] = [];
  depot.station.subscribe((event) => {
    if (event.type === 'job.written' && event.job.state === 'activating' && changed.length === 0) {
      changed.push(depot.installPolicy({ selfTest: { required: [], timeoutSeconds: 60 } }));
    }
  });
  const job = await depot.update(digest);
  await Promise.all(changed);
  assert.notEqual(job.state, 'confirmed');
  assert.match(job.reason ?? '', /occlusion/);
});

test('REQ-OTA-MAN-02 a bundle with two images for the same hardware is refused rather than half installed', async (t) => {
  const depot = await VirtualDepot.set(t);
  const images = [{ bytes: signedImage(2) }, { bytes: signedImage(2, { bodyBytes: 7000 }), entry: { slot: 'radio' } }];
  const job = await depot.update(await depot.approved({ images }));
  assert.deepEqual([job.state, job.code], ['refused', 'update.several-images']);
});

test('REQ-OTA-APP-04 a cancel that comes too late says so, and one that comes in time restarts the unit into its application', async (t) => {
  const depot = await VirtualDepot.set(t);
  const digest = await depot.approved();
  const asked: Promise<unknown>[] = [];
  depot.station.subscribe((event) => {
    if (event.type !== 'job.progress' || event.phase !== 'verify' || event.doneBytes < event.totalBytes) return;
    if (asked.length === 0) asked.push(depot.ask('technician', 'update.cancel', { id: event.jobId }));
  });
  const job = await depot.update(digest);
  await Promise.all(asked);
  assert.equal(job.state, 'cancelled');
  await depot.bench.bus.settle();
  const state = await depot.call('technician', 'device.read', { position: '1-1' });
  assert.deepEqual([state.mode, state.slots.at(0)?.counter, state.boot.swap], ['application', 1, 'none']);
});

test('a listener that throws derails no job, and nothing starts while the station closes', async (t) => {
  const depot = await VirtualDepot.set(t);
  const digest = await depot.approved();
  t.mock.method(process, 'emitWarning', () => undefined);
  depot.station.subscribe(() => {
    throw new Error('a window that is gone');
  });
  assert.equal((await depot.update(digest)).state, 'confirmed');

  const request = {
    position: '1-1',
    bundleDigest: digest,
    kind: 'install',
    workOrder: 'WO-2',
    assetTag: null,
    udi: null,
  } as const;
  const closing = depot.station.close();
  const answer = await depot.station
    .call('update.start', request, depot.tokens.get('technician') ?? null)
    .catch((error: unknown) => error);
  await closing;
  assert.ok(answer instanceof Error || (typeof answer === 'object' && answer !== null && 'ok' in answer && !answer.ok));
});

test('reading a unit while its update begins delays the update and does not refuse it', async (t) => {
  const depot = await VirtualDepot.set(t);
  const digest = await depot.approved();
  const [state, job] = await Promise.all([
    depot.ask('auditor', 'device.read', { position: '1-1' }),
    depot.update(digest),
  ]);
  assert.ok(state.ok);
  assert.equal(job.state, 'confirmed', String(job.reason));
});
