import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import { broughtProfile, newKind, newKindUsb } from '../../helpers/brought-profile.ts';
import { sha256Of } from '../../helpers/test-bundle.ts';
import { demoPki, signedImage, VirtualDepot, type BundleRecipe } from '../../helpers/virtual-depot.ts';

const HOUR_MS = 3_600_000;
const withProfile: BundleRecipe = { profiles: [broughtProfile()] };
const profileBytes = Buffer.from(JSON.stringify(broughtProfile()));
const outcome = ({ state, code }: UpdateJobView) => [state, code];

async function unitAt11(depot: VirtualDepot) {
  const [unit] = await depot.call('technician', 'device.list', {});
  assert.ok(unit !== undefined);
  return unit;
}

async function standing(depot: VirtualDepot, digest: string) {
  const profiles = await depot.call('technician', 'device.profiles', {});
  return profiles.find(({ bundle }) => bundle?.digest === digest)?.bundle ?? null;
}

async function importOnly(depot: VirtualDepot, recipe: BundleRecipe = withProfile): Promise<string> {
  const { bundle } = await depot.call('administrator', 'bundle.import', { path: depot.bundle(recipe) });
  return bundle.digest;
}

test('REQ-OTA-USB-01 REQ-OTA-POL-01 a bundle’s profile makes its units known once the bundle is approved, and not before', async (t) => {
  const depot = await VirtualDepot.set(t, [newKind]);
  assert.equal((await unitAt11(depot)).profile, null);
  assert.equal((await unitAt11(depot)).profileNote, undefined);
  const digest = await importOnly(depot);
  const before = await unitAt11(depot);
  assert.equal(before.profile, null);
  assert.match(before.profileNote ?? '', /new-kind .* does not count: 0 of 1 approvals of this install count/);
  const refused = await depot.update(digest);
  assert.deepEqual(outcome(refused), ['refused', 'device.profile-not-in-force']);
  assert.match(refused.reason ?? '', /Nothing is done to the unit at position 1-1/);
  const read = await depot.refusal('technician', 'device.read', { position: '1-1' });
  assert.equal(read.code, 'device.profile-not-in-force');

  await depot.approve(digest);
  const after = await unitAt11(depot);
  assert.deepEqual([after.profile, after.mode, after.profileNote], ['new-kind', 'runtime', undefined]);
  const job = await depot.update(digest);
  assert.deepEqual(outcome(job), ['confirmed', null], String(job.reason));
  const pin = { id: 'new-kind', source: 'bundle', bundle: digest, sha256: sha256Of(profileBytes) };
  assert.deepEqual(job.profile, pin);
  const check = job.checks.find(({ name }) => name === 'profile');
  assert.match(check?.detail ?? '', /driven by the device profile new-kind .*approved by Anna Approver/);
  const filter = { before: null, type: 'update.moved', outcome: null, limit: 100 } as const;
  const events = await depot.call('auditor', 'audit.list', filter);
  const named = events.filter(({ data }) => JSON.stringify(data['change'] ?? null).includes(pin.sha256));
  assert.equal(named.length, 1, 'the event that made the job ready names the profile, its bundle and its digest');

  const folder = join(depot.folder, 'report');
  mkdirSync(folder);
  const { files } = await depot.call('auditor', 'report.export', { jobId: job.id, folder, paper: 'A4' });
  const json = files.find(({ name }) => name.endsWith('.json'));
  assert.match(readFileSync(join(folder, json?.name ?? ''), 'utf8'), new RegExp(`"profile":{"bundle":"${digest}"`));
});

test('REQ-OTA-POL-01 a profile counts only on approvals to install, for every unit and under any work order', async (t) => {
  const depot = await VirtualDepot.set(t, [newKind]);
  const digest = await importOnly(depot);
  const scoped = { bundleDigest: digest, kind: 'install', downgrade: null } as const;
  await depot.signApproval({ ...scoped, scope: { serials: ['VU-0001'], workOrder: null } });
  assert.equal((await standing(depot, digest))?.code, 'policy.approvals-missing');
  await depot.signApproval({ ...scoped, scope: { serials: '*', workOrder: 'WO-2026-0815' } });
  assert.equal((await unitAt11(depot)).profile, null);
  await depot.approve(digest, 'recovery');
  assert.deepEqual(outcome(await depot.update(digest)), ['refused', 'device.profile-not-in-force']);
  await depot.approve(digest);
  assert.equal((await standing(depot, digest))?.inForce, true);
  assert.equal((await unitAt11(depot)).profile, 'new-kind');
});

test('REQ-OTA-POL-01 where the policy requires no approval a bundle’s profile counts from its import on', async (t) => {
  const depot = await VirtualDepot.set(t, [newKind]);
  const { document } = await depot.call('administrator', 'policy.show', { product: '*' });
  await depot.installPolicy({ approvals: { ...document.approvals, required: 0 } });
  const digest = await importOnly(depot);
  assert.equal((await unitAt11(depot)).profile, 'new-kind');
  assert.deepEqual(outcome(await depot.update(digest)), ['confirmed', null]);
});

test('REQ-OTA-POL-01 a bundle’s profile ceases to count when its approval expires, and when its trust is taken away', async (t) => {
  const depot = await VirtualDepot.set(t, [newKind]);
  const { document } = await depot.call('administrator', 'policy.show', { product: '*' });
  await depot.installPolicy({ approvals: { ...document.approvals, validForHours: 2 } });
  const digest = await depot.approved(withProfile);
  assert.equal((await unitAt11(depot)).profile, 'new-kind');
  depot.clock.advance(2 * HOUR_MS);
  for (const who of ['technician', 'approver', 'administrator']) await depot.login(who);
  assert.equal((await unitAt11(depot)).profile, null);
  assert.match((await unitAt11(depot)).profileNote ?? '', /expired on/);
  assert.deepEqual(outcome(await depot.update(digest)), ['refused', 'device.profile-not-in-force']);

  await depot.approve(digest);
  assert.equal((await unitAt11(depot)).profile, 'new-kind');
  await depot.call('administrator', 'trust.remove-anchor', {
    fingerprintSha256: sha256Of(new X509Certificate(demoPki.rootPem).raw),
  });
  assert.equal((await unitAt11(depot)).profile, null, 'nobody vouches for the bundle any more');
  assert.match((await standing(depot, digest))?.code ?? '', /^trust\.|^bundle\.signer/);
});

test('REQ-OTA-MAN-02 a stored profile that was tampered with drives no unit', async (t) => {
  const depot = await VirtualDepot.set(t, [newKind]);
  const digest = await depot.approved(withProfile);
  assert.equal((await unitAt11(depot)).profile, 'new-kind');
  const stored = join(depot.folder, 'data', 'store', sha256Of(profileBytes));
  const evil = Buffer.from(profileBytes.toString().replace('"readBack":true', '"readBack":null'));
  assert.equal(evil.length, profileBytes.length);
  writeFileSync(stored, evil);
  const job = await depot.update(digest);
  assert.deepEqual(outcome(job), ['refused', 'device.profile-not-in-force']);
  assert.match(job.reason ?? '', /cannot be read: /);
  assert.equal((await unitAt11(depot)).profile, null);
  assert.equal((await standing(depot, digest))?.code, 'bundle.stored-damaged');
});

test('REQ-OTA-USB-01 a profile of Drydock’s or of the station’s own stands against a bundle’s with its id or its USB ids', async (t) => {
  const own = { ...broughtProfile({ id: 'own-kind', name: 'As the administrator says' }) };
  const depot = await VirtualDepot.set(t, [newKind, {}], { profiles: [own] });
  const sameUsb = await depot.approved(withProfile);
  assert.equal((await unitAt11(depot)).profile, 'own-kind');
  assert.equal((await standing(depot, sameUsb))?.code, 'device.profile-overlap');
  const takeover = broughtProfile({
    id: 'takeover',
    usb: { ...newKindUsb, runtime: { vendorId: '1209', productId: '0001', interface: 0 } },
  });
  const shippedUsb = await depot.approved({ profiles: [takeover] });
  assert.equal((await standing(depot, shippedUsb))?.code, 'device.profile-overlap');
  const sameId = broughtProfile({
    id: 'drydock-virtual-unit',
    usb: {
      runtime: { vendorId: '1209', productId: '7b01', interface: 0 },
      dfu: { vendorId: '1209', productId: '7b02', interface: 0 },
    },
  });
  const shippedId = await depot.approved({ profiles: [sameId] });
  assert.equal((await standing(depot, shippedId))?.code, 'device.profile-overlap');
  const units = await depot.call('technician', 'device.list', {});
  assert.deepEqual(
    units.map(({ profile }) => profile),
    ['own-kind', 'drydock-virtual-unit'],
  );
  const job = await depot.update(sameUsb);
  assert.deepEqual([...outcome(job), job.profile?.source], ['confirmed', null, 'station']);
});

test('REQ-OTA-USB-01 two bundles whose profiles claim one unit: neither drives it; a later issue of one profile takes the place of the older', async (t) => {
  const depot = await VirtualDepot.set(t, [newKind]);
  const first = await depot.approved(withProfile);
  const rival = await depot.approved({ profiles: [broughtProfile({ id: 'rival' })] });
  const unit = await unitAt11(depot);
  assert.equal(unit.profile, null);
  assert.match(unit.profileNote ?? '', /Two device profiles claim the same units: .*Neither counts/);
  for (const digest of [first, rival]) {
    assert.equal((await standing(depot, digest))?.code, 'device.profile-ambiguous');
    assert.deepEqual(outcome(await depot.update(digest)), ['refused', 'device.profile-ambiguous']);
  }
});

test('REQ-OTA-USB-01 the profile of the bundle that was issued last counts; equal issue times are a tie that nobody wins', async (t) => {
  const depot = await VirtualDepot.set(t, [newKind]);
  const older = await depot.approved(withProfile);
  const improved = { profiles: [broughtProfile({ name: 'New kind, corrected' })] };
  const newer = await importOnly(depot, { ...improved, manifest: { issued: '2026-11-02T00:00:00Z' } });
  assert.equal((await standing(depot, older))?.inForce, true, 'one that nobody approved takes no place');
  await depot.approve(newer);
  assert.equal((await standing(depot, older))?.code, 'device.profile-superseded');
  assert.equal((await standing(depot, newer))?.inForce, true);
  const job = await depot.update(older);
  assert.deepEqual([...outcome(job), job.profile?.bundle], ['confirmed', null, newer]);
  const tie = { profiles: [broughtProfile({ name: 'New kind, corrected otherwise' })] };
  const equal = await depot.approved({ ...tie, manifest: { issued: '2026-11-02T00:00:00Z' } });
  for (const digest of [newer, equal]) {
    assert.equal((await standing(depot, digest))?.code, 'device.profile-ambiguous');
  }
});

test('REQ-OTA-APP-04 a job goes on with the profile it began with, also after a restart and when that no longer counts', async (t) => {
  const depot = await VirtualDepot.set(t, [newKind]);
  const { document } = await depot.call('administrator', 'policy.show', { product: '*' });
  await depot.installPolicy({ approvals: { ...document.approvals, validForHours: 2 } });
  const digest = await depot.approved(withProfile);
  const job = await leaveOnTrial(depot, digest);
  depot.clock.advance(2 * HOUR_MS);
  for (const who of ['technician', 'approver', 'administrator']) await depot.login(who);
  assert.equal((await unitAt11(depot)).profile, null, 'for anything new it does not count');
  await depot.call('technician', 'update.resume', { id: job.id });
  const ended = await depot.call('technician', 'update.await', { id: job.id });
  assert.deepEqual(outcome(ended), ['confirmed', null], String(ended.reason));
  assert.equal(ended.profile?.bundle, digest);
});

test('REQ-OTA-APP-04 a job whose profile’s bytes were lost says so, and goes on when they are there again', async (t) => {
  const depot = await VirtualDepot.set(t, [newKind]);
  const path = depot.bundle(withProfile);
  const { bundle } = await depot.call('administrator', 'bundle.import', { path });
  await depot.approve(bundle.digest);
  const job = await leaveOnTrial(depot, bundle.digest);
  const stored = join(depot.folder, 'data', 'store', sha256Of(profileBytes));
  writeFileSync(stored, '{}');
  await depot.call('technician', 'update.resume', { id: job.id });
  const stuck = await depot.call('technician', 'update.await', { id: job.id });
  assert.deepEqual(outcome(stuck), ['indeterminate', 'bundle.stored-damaged']);
  assert.match(stuck.reason ?? '', /began with the device profile new-kind .*Import that bundle again, then resume/);
  await depot.call('administrator', 'bundle.import', { path });
  await depot.call('technician', 'update.resume', { id: job.id });
  assert.deepEqual(outcome(await depot.call('technician', 'update.await', { id: job.id })), ['confirmed', null]);
});

test('REQ-OTA-POL-01 whoever executes does not do so by a profile that nobody else approved, where duties are kept apart', async (t) => {
  const depot = await VirtualDepot.set(t, [newKind]);
  const { document } = await depot.call('administrator', 'policy.show', { product: '*' });
  await depot.installPolicy({ execution: { ...document.execution, separateFromApprover: true } });
  await depot.hire('both', 'Bea Both', ['technician', 'approver']);
  const brings = await importOnly(depot);
  const scope = { serials: '*', workOrder: null } as const;
  await depot.signApproval({ bundleDigest: brings, kind: 'install', scope, downgrade: null }, 'both');
  const firmware = await depot.approved({ images: [{ bytes: signedImage(3), entry: { version: 3 } }] });
  const own = await depot.update(firmware, '1-1', 'install', 'both');
  assert.deepEqual(outcome(own), ['refused', 'device.profile-not-in-force']);
  assert.match(own.reason ?? '', /own approval does not count/);
  assert.deepEqual(outcome(await depot.update(firmware)), ['confirmed', null]);
});

test('REQ-OTA-POL-01 an approval of the profile that expires before the activation ends the job, and the unit keeps its firmware', async (t) => {
  const depot = await VirtualDepot.set(t, [newKind]);
  const { document } = await depot.call('administrator', 'policy.show', { product: '*' });
  await depot.installPolicy({ approvals: { ...document.approvals, validForHours: 2 } });
  const brings = await importOnly(depot);
  await depot.approve(brings);
  depot.clock.advance(HOUR_MS);
  for (const who of ['technician', 'approver', 'administrator']) await depot.login(who);
  const firmware = await depot.approved({ images: [{ bytes: signedImage(3), entry: { version: 3 } }] });
  const expired = depot.atFirstProgress(() => {
    depot.clock.advance(HOUR_MS);
    return Promise.resolve();
  });
  const job = await depot.update(firmware);
  await expired();
  assert.deepEqual(outcome(job), ['failed', 'device.profile-not-in-force'], String(job.reason));
  for (const who of ['technician', 'approver']) await depot.login(who);
  await depot.approve(brings);
  const { slots } = await depot.call('technician', 'device.read', { position: '1-1' });
  assert.equal(slots.find(({ role }) => role === 'running')?.counter, 1);
});

test('REQ-OTA-APP-04 a newer profile takes the place of none by which a unit is being worked on', async (t) => {
  const depot = await VirtualDepot.set(t, [newKind]);
  const digest = await depot.approved(withProfile);
  const newer = await importOnly(depot, {
    profiles: [broughtProfile({ name: 'New kind, corrected' })],
    manifest: { issued: '2026-11-02T00:00:00Z' },
  });
  const approved = depot.atFirstProgress(() => depot.approve(newer));
  const job = await depot.update(digest);
  await approved();
  assert.deepEqual([...outcome(job), job.profile?.bundle], ['confirmed', null, digest], String(job.reason));
  assert.equal((await standing(depot, digest))?.code, 'device.profile-superseded');
});

/** Brings a job as far as the test boot, and closes and opens the station while the unit is at it. */
async function leaveOnTrial(depot: VirtualDepot, bundleDigest: string): Promise<UpdateJobView> {
  const restarted: Promise<void>[] = [];
  depot.station.subscribe((event) => {
    if (event.type === 'job.written' && event.job.state === 'testing' && restarted.length === 0) {
      restarted.push(depot.restart());
    }
  });
  const { id } = await depot.update(bundleDigest);
  await Promise.all(restarted);
  const job = await depot.call('technician', 'update.show', { id });
  assert.ok(['testing', 'indeterminate'].includes(job.state), `${job.state} ${String(job.reason)}`);
  return job;
}
