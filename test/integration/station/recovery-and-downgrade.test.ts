import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import { buildImage } from '../../../simulator/image-builder.ts';
import { signedImage, VirtualDepot } from '../../helpers/virtual-depot.ts';

const version = (counter: number) => ({ images: [{ bytes: signedImage(counter), entry: { version: counter } }] });

test('REQ-OTA-APP-05 a unit with no valid image in its boot loader is brought back under a recovery approval of its own', async (t) => {
  const depot = await VirtualDepot.set(t, [{ isEmpty: true }]);
  const digest = await depot.approved();
  const install = await depot.update(digest);
  assert.deepEqual([install.state, install.code], ['refused', 'policy.version-unknown']);

  const unapproved = await depot.update(digest, '1-1', 'recovery');
  assert.deepEqual([unapproved.state, unapproved.code], ['refused', 'policy.approvals-missing']);

  await depot.approve(digest, 'recovery');
  const job = await depot.update(digest, '1-1', 'recovery');
  assert.equal(job.state, 'confirmed', String(job.reason));
  assert.deepEqual([job.versionBefore, job.versionAfter], [null, 2]);
});

test('REQ-OTA-APP-05 a recovery whose firmware fails its self-test is called failed, and nothing more is staged where a revert would boot it', async (t) => {
  const depot = await VirtualDepot.set(t, [{ isEmpty: true }]);
  const selfTests = [{ name: 'pump', passes: false, detail: 'stalled' }];
  const bad = { images: [{ bytes: signedImage(2, { description: { selfTests } }) }] };
  const first = await depot.update(await depot.approved(bad, 'recovery'), '1-1', 'recovery');
  assert.deepEqual([first.state, first.code], ['failed', 'update.recovery-failed']);

  const second = await depot.update(await depot.approved(version(3), 'recovery'), '1-1', 'recovery');
  assert.deepEqual([second.state, second.code], ['refused', 'update.unit-unsettled']);
  depot.bench.bus.powerCycle('1-1');
  await depot.bench.bus.settle();
  const state = await depot.call('technician', 'device.read', { position: '1-1' });
  assert.equal(state.slots.at(0)?.counter, 2);
});

test('REQ-OTA-VER-02 an empty unit cannot be recovered to a version below what was confirmed on it before', async (t) => {
  const depot = await VirtualDepot.set(t);
  assert.equal((await depot.update(await depot.approved(version(3)))).state, 'confirmed');
  depot.bench.bus.unplug('1-1');
  const wiped = await VirtualDepot.set(t, [{ isEmpty: true }]);
  depot.bench.bus.plug('1-1', wiped.bench.bus.unplug('1-1'));
  const digest = await depot.approved(version(2), 'recovery');
  const job = await depot.update(digest, '1-1', 'recovery');
  assert.deepEqual([job.state, job.code], ['refused', 'policy.downgrade-history']);
});

test('REQ-OTA-VER-02 a unit that was put back by hand is brought up to its history, not below it; a wiped one is not without a recovery', async (t) => {
  const depot = await VirtualDepot.set(t);
  const current = await depot.approved(version(3));
  const older = await depot.approved(version(2));
  assert.equal((await depot.update(current)).state, 'confirmed');
  const stock = await VirtualDepot.set(t, [{}, { id: 'wiped', isEmpty: true, serial: 'VU-0001' }]);
  const [putBack, wiped] = [stock.bench.bus.unplug('1-1'), stock.bench.bus.unplug('1-2')];
  depot.bench.bus.unplug('1-1');
  depot.bench.bus.plug('1-1', wiped);
  const onWiped = await depot.update(current);
  assert.deepEqual([onWiped.state, onWiped.code], ['refused', 'policy.same-version']);
  depot.bench.bus.unplug('1-1');
  depot.bench.bus.plug('1-1', putBack);
  const below = await depot.update(older);
  assert.deepEqual([below.state, below.code], ['refused', 'policy.downgrade-history']);
  const up = await depot.update(current);
  assert.equal(up.state, 'confirmed', String(up.reason));
  assert.deepEqual([up.versionBefore, up.versionAfter], [1, 3]);
});

test('REQ-OTA-VER-03 only an approved downgrade for this very unit leads back, and only to the version it names', async (t) => {
  const unit = { factoryImage: signedImage(5), downgradePrevention: false };
  const depot = await VirtualDepot.set(t, [unit, unit]);
  const digest = await depot.approved(version(4));
  const terms = { fromVersionAtMost: 5, toVersion: 4, reason: 'Field safety notice 17' };
  const scope = { serials: ['VU-0001'], workOrder: null };
  await depot.signApproval({ bundleDigest: digest, kind: 'downgrade', scope, downgrade: terms });

  assert.equal((await depot.update(digest)).code, 'policy.downgrade');
  const other = await depot.update(digest, '1-2', 'downgrade');
  assert.deepEqual([other.state, other.code], ['refused', 'policy.approvals-missing']);
  const job = await depot.update(digest, '1-1', 'downgrade');
  assert.equal(job.state, 'confirmed', String(job.reason));
  assert.deepEqual([job.versionBefore, job.versionAfter], [5, 4]);
});

test('REQ-OTA-APP-03 a unit that never makes its image permanent, against its profile, gets its old firmware back', async (t) => {
  const depot = await VirtualDepot.set(t, [{ confirmedBy: 'station' }]);
  const job = await depot.update(await depot.approved());
  assert.deepEqual([job.state, job.code], ['reverted', 'update.not-confirmed']);
});

test('REQ-OTA-TST-01 a boot loader that silently refuses the image is found by the version after the reset', async (t) => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const imagePublicKey = publicKey.export({ format: 'pem', type: 'spki' }).toString();
  const factoryImage = buildImage({ version: '1.0.0+0', securityCounter: 1, signingKey: privateKey });
  const depot = await VirtualDepot.set(t, [{ imagePublicKey, factoryImage }]);
  const job = await depot.update(await depot.approved());
  assert.deepEqual([job.state, job.code, job.versionAfter], ['failed', 'update.image-not-booted', 1]);
});

test('REQ-OTA-POL-01 hold: a failed image stays on trial for a person to look at, until the operator puts the old firmware back', async (t) => {
  const depot = await VirtualDepot.set(t);
  await depot.installPolicy({ onSelfTestFailure: 'hold' });
  const selfTests = [{ name: 'pump', passes: false, detail: 'stalled' }];
  const images = [{ bytes: signedImage(2, { description: { selfTests } }) }];
  const held = await depot.update(await depot.approved({ images }));
  assert.deepEqual([held.state, held.code, held.endedAt], ['testing', 'update.self-test-failed', null]);

  await depot.call('technician', 'update.revert', { id: held.id });
  const job = await depot.call('technician', 'update.await', { id: held.id });
  assert.deepEqual([job.state, job.versionAfter], ['reverted', 1]);
});

test('REQ-OTA-POL-01 a self-test that the policy requires and the firmware lacks takes the firmware out again', async (t) => {
  const depot = await VirtualDepot.set(t);
  await depot.installPolicy({ selfTest: { required: ['pump-motor'], timeoutSeconds: 60 } });
  const job = await depot.update(await depot.approved());
  // The unit confirms itself after its own self-test, so that a reset no longer brings the old firmware back.
  assert.deepEqual([job.state, job.code], ['failed', 'update.kept-unproven']);
  assert.match(job.reason ?? '', /pump-motor/);
});

test('REQ-OTA-APP-04 a job can be cancelled before its activation and not after', async (t) => {
  const depot = await VirtualDepot.set(t);
  const digest = await depot.approved();
  const stop = depot.station.subscribe((event) => {
    if (event.type === 'job.progress') void depot.ask('technician', 'update.cancel', { id: event.jobId });
  });
  const cancelled = await depot.update(digest);
  stop();
  assert.deepEqual([cancelled.state, cancelled.code], ['cancelled', 'update.cancelled']);
  assert.equal((await depot.call('technician', 'device.read', { position: '1-1' })).slots.at(0)?.counter, 1);

  const confirmed = await depot.update(digest);
  assert.equal(confirmed.state, 'confirmed');
  const refusal = await depot.refusal('technician', 'update.cancel', { id: confirmed.id });
  assert.equal(refusal.code, 'update.not-cancellable');
});

test('REQ-OTA-APP-04 a station that is closed in the middle of staging resumes the job when it is open again', async (t) => {
  const depot = await VirtualDepot.set(t);
  const digest = await depot.approved();
  const restarted = depot.atFirstProgress(() => depot.restart());
  const interrupted = await depot.update(digest);
  assert.equal(interrupted.state, 'staging');
  await restarted();
  await depot.call('technician', 'update.resume', { id: interrupted.id });
  const job = await depot.call('technician', 'update.await', { id: interrupted.id });
  assert.equal(job.state, 'confirmed', String(job.reason));
});

test('REQ-OTA-USB-03 two units at two positions are updated at the same time, each its own job', async (t) => {
  const depot = await VirtualDepot.set(t, [{}, {}]);
  const digest = await depot.approved();
  const jobs = await Promise.all([depot.update(digest, '1-1'), depot.update(digest, '1-2')]);
  assert.deepEqual(
    jobs.map((job) => [job.state, job.serial]),
    [
      ['confirmed', 'VU-0001'],
      ['confirmed', 'VU-0002'],
    ],
  );
});

test('an open job holds its bench position', async (t) => {
  const depot = await VirtualDepot.set(t);
  const digest = await depot.approved();
  depot.bench.unit('VU-0001').arm({ kind: 'no-return' });
  assert.equal((await depot.update(digest)).state, 'indeterminate');
  const request = {
    position: '1-1',
    bundleDigest: digest,
    kind: 'install',
    workOrder: 'WO-2',
    assetTag: null,
    udi: null,
  } as const;
  assert.equal((await depot.refusal('technician', 'update.start', request)).code, 'update.position-busy');
});
