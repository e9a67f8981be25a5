import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import { isClosed } from '../../../core/update/transitions.ts';
import type { Fault, TransferName } from '../../../simulator/faults.ts';
import { signedImage, VirtualDepot } from '../../helpers/virtual-depot.ts';

/** The same image in every test, small enough that every transfer of an update can be hit. */
const image = signedImage(2, { bodyBytes: 6000 });

/** Starts an update, arms the fault, and brings the job to where nothing more happens by itself. */
async function updateWithFault(t: TestContext, fault: Fault): Promise<{ depot: VirtualDepot; job: UpdateJobView }> {
  const depot = await VirtualDepot.set(t);
  const digest = await depot.approved({ images: [{ bytes: image }] });
  depot.bench.unit('VU-0001').arm(fault);
  const job = await depot.update(digest);
  return { depot, job };
}

/** A person power-cycles the unit; it must boot old or new firmware, whole, and a job that is open must come to an end. */
async function assertRecoverable(depot: VirtualDepot, interrupted: UpdateJobView): Promise<UpdateJobView> {
  await depot.bench.bus.settle();
  if (depot.bench.bus.deviceAt('1-1') === undefined) assert.fail('the unit fell off the bench for good');
  depot.bench.bus.powerCycle('1-1');
  await depot.bench.bus.settle();
  const state = await depot.call('technician', 'device.read', { position: '1-1' });
  const running = state.slots.find((slot) => slot.role === 'running');
  assert.ok(running?.counter === 1 || running?.counter === 2, `the unit boots ${String(running?.counter)}`);

  let job = interrupted;
  if (!isClosed(job.state)) {
    await depot.call('technician', 'update.resume', { id: job.id });
    job = await depot.call('technician', 'update.await', { id: job.id });
    assert.ok(isClosed(job.state), `the job stays ${job.state}: ${String(job.reason)}`);
  }
  const after = await depot.call('technician', 'device.read', { position: '1-1' });
  const runs = after.slots.find((slot) => slot.role === 'running')?.counter;
  if (job.versionAfter !== null)
    assert.equal(runs, job.versionAfter, `the job ended ${job.state}, the unit runs ${String(runs)}`);
  const kept = job.state === 'confirmed' || job.code === 'update.kept-unproven';
  assert.equal(runs, kept ? 2 : 1, `the job ended ${job.state}, the unit runs ${String(runs)}`);
  assert.equal((await depot.call('auditor', 'audit.verify', {})).intact, true);
  return job;
}

const faults = ['stall', 'timeout', 'unplug'] as const;
const requests: readonly TransferName[] = ['DETACH', 'DNLOAD', 'GETSTATUS', 'UPLOAD', 'INFO', 'ACTIVATE', 'RESET'];

for (const kind of faults) {
  for (const transfer of requests) {
    test(`REQ-OTA-APP-04 a ${kind} at any ${transfer} leaves a bootable unit and a job that can be ended`, async (t) => {
      for (let nth = 1; nth <= 12; nth += 1) {
        const fault: Fault = kind === 'unplug' ? { kind, transfer, nth, replugAfterMs: 400 } : { kind, transfer, nth };
        const { depot, job } = await updateWithFault(t, fault);
        const hit = depot.bench.unit('VU-0001').faults.fired.length > 0;
        if (!hit) {
          assert.ok(nth > 1, `no ${transfer} happens in an update`);
          assert.equal(job.state, 'confirmed');
          return;
        }
        await assertRecoverable(depot, job);
        await depot.close();
      }
    });
  }
}

test('REQ-OTA-APP-02 one flipped bit in the read-back stops the image from being activated, and staging again mends it', async (t) => {
  const { depot, job } = await updateWithFault(t, { kind: 'corrupt-read', transfer: 'UPLOAD', nth: 1 });
  assert.equal(job.state, 'confirmed');
  assert.ok(job.checks.some((check) => check.name === 'stage-attempt' && !check.passed));
  await depot.close();
});

test('REQ-OTA-APP-02 a bit that flips on its way to the flash is found before activation', async (t) => {
  const { job } = await updateWithFault(t, { kind: 'corrupt-write', transfer: 'DNLOAD', nth: 2 });
  assert.equal(job.state, 'confirmed');
  assert.ok(job.checks.some((check) => check.name === 'stage-attempt' && !check.passed));
});

test('REQ-OTA-TST-02 a unit that never comes back is indeterminate, and stays so until it is heard of again', async (t) => {
  const { depot, job } = await updateWithFault(t, { kind: 'no-return' });
  assert.deepEqual([job.state, job.code, job.endedAt], ['indeterminate', 'update.no-contact', null]);
  const ended = await assertRecoverable(depot, job);
  assert.deepEqual([ended.state, ended.code], ['failed', 'update.kept-unproven']);
});

test('REQ-OTA-TST-02 a unit that comes back with another serial is not taken for the same', async (t) => {
  const { job } = await updateWithFault(t, { kind: 'other-serial', serial: 'VU-9999' });
  assert.equal(job.state, 'indeterminate');
  assert.match(String(job.code), /other-unit/);
});

test('REQ-OTA-TST-01 a firmware that hangs before it reaches the bus is reverted by its boot loader at the next power-up', async (t) => {
  const depot = await VirtualDepot.set(t);
  const hanging = signedImage(2, { description: { start: 'hang' } });
  const job = await depot.update(await depot.approved({ images: [{ bytes: hanging }] }));
  assert.equal(job.state, 'indeterminate');
  const ended = await assertRecoverable(depot, job);
  assert.equal(ended.state, 'reverted');
});

test('REQ-OTA-APP-04 a power cut at any flash operation of an update ends with old or new firmware, whole', async (t) => {
  let interrupted = 0;
  for (let flashOperation = 1; ; flashOperation += 7) {
    const { depot, job } = await updateWithFault(t, { kind: 'power-cut', flashOperation, restoreAfterMs: 300 });
    const hit = depot.bench.unit('VU-0001').faults.fired.length > 0;
    await assertRecoverable(depot, job);
    await depot.close();
    if (!hit) break;
    interrupted += 1;
  }
  assert.ok(interrupted > 5);
});
