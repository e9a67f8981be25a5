import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { signedImage, VirtualDepot } from '../../helpers/virtual-depot.ts';

const failingSelfTest = {
  selfTests: [
    { name: 'flash', passes: true, detail: '' },
    { name: 'pump-motor', passes: false, detail: 'stalled at 20 % duty' },
  ],
};

test('REQ-OTA-APP-01 REQ-OTA-APP-03 REQ-OTA-TST-01 a healthy unit is updated, tested and confirmed', async (t) => {
  const depot = await VirtualDepot.set(t);
  const job = await depot.update(await depot.approved());
  assert.equal(job.state, 'confirmed', `${String(job.code)}: ${String(job.reason)}`);
  assert.deepEqual([job.versionBefore, job.versionTarget, job.versionAfter], [1, 2, 2]);
  assert.ok(job.checks.every((check) => check.passed));
  const state = await depot.call('technician', 'device.read', { position: '1-1' });
  assert.equal(state.slots.at(0)?.counter, 2);
  assert.equal(state.slots.at(0)?.state, 'confirmed');
});

test('REQ-OTA-APP-03 REQ-OTA-TST-01 a unit whose self-test fails gets its old firmware back, and the job says which test failed', async (t) => {
  const depot = await VirtualDepot.set(t);
  const bad = signedImage(2, { description: failingSelfTest });
  const job = await depot.update(await depot.approved({ images: [{ bytes: bad }] }));
  assert.equal(job.state, 'reverted');
  assert.equal(job.code, 'update.self-test-failed');
  assert.match(job.reason ?? '', /pump-motor/);
  assert.equal(job.versionAfter, 1);
  const state = await depot.call('technician', 'device.read', { position: '1-1' });
  assert.equal(state.slots.at(0)?.counter, 1);
  assert.equal(state.boot.imageOk, true);
});

test('REQ-OTA-RPT-01 the report of a job is written, signed and verifies', async (t) => {
  const depot = await VirtualDepot.set(t);
  const job = await depot.update(await depot.approved());
  const folder = join(depot.folder, 'report');
  mkdirSync(folder);
  const written = await depot.call('auditor', 'report.export', { jobId: job.id, folder, paper: 'A4' });
  assert.deepEqual(readdirSync(folder).sort(), written.files.map((file) => file.name).sort());
  const verdict = await depot.call('auditor', 'audit.verify', {});
  assert.equal(verdict.intact, true);
});

test('REQ-OTA-RPT-01 a job on a virtual unit stays a training job, whatever bench the station works with later', async (t) => {
  const depot = await VirtualDepot.set(t);
  const digest = await depot.approved();
  depot.bench.unit('VU-0001').arm({ kind: 'no-return' });
  const lost = await depot.update(digest);
  assert.deepEqual([lost.state, lost.training], ['indeterminate', true]);
  await depot.restart({ training: false });
  const refusal = await depot.refusal('technician', 'update.resume', { id: lost.id });
  assert.equal(refusal.code, 'update.other-bench');
  const folder = join(depot.folder, 'report');
  mkdirSync(folder);
  await depot.call('auditor', 'report.export', { jobId: lost.id, folder, paper: 'A4' });
  const json = readdirSync(folder).find((name) => name.endsWith('.json'));
  assert.match(readFileSync(join(folder, json ?? ''), 'utf8'), /"what":"Training: /);
});
