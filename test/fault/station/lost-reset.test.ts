import assert from 'node:assert/strict';
import { test } from 'node:test';
import { password, signedImage, VirtualDepot } from '../../helpers/virtual-depot.ts';

async function runningCounter(depot: VirtualDepot, position = '1-1'): Promise<number | null> {
  const state = await depot.call('technician', 'device.read', { position });
  return state.slots.find((slot) => slot.role === 'running')?.counter ?? null;
}

async function resume(depot: VirtualDepot, id: string) {
  await depot.call('technician', 'update.resume', { id });
  return depot.call('technician', 'update.await', { id });
}

test('REQ-OTA-APP-04 a reset that was lost after activation is sent again: no job is closed over an image that will still boot', async (t) => {
  for (const kind of ['timeout', 'stall', 'unplug'] as const) {
    const depot = await VirtualDepot.set(t);
    const digest = await depot.approved();
    const fault = { kind, transfer: 'RESET', nth: 1 } as const;
    depot.bench.unit('VU-0001').arm(kind === 'unplug' ? { ...fault, kind, replugAfterMs: 300 } : fault);
    let job = await depot.update(digest);
    if (job.state === 'indeterminate') job = await resume(depot, job.id);
    await depot.bench.bus.settle();
    const runs = await runningCounter(depot);
    depot.bench.bus.powerCycle('1-1');
    await depot.bench.bus.settle();
    assert.equal(await runningCounter(depot), runs, `after a ${kind} the unit still changed at its next power-up`);
    assert.equal(job.versionAfter, runs);
    await depot.close();
  }
});

test('REQ-OTA-USB-03 a job that was interrupted at its activation never judges another unit at its position', async (t) => {
  const depot = await VirtualDepot.set(t, [{}, {}]);
  const digest = await depot.approved();
  const stop = depot.station.subscribe((event) => {
    if (event.type === 'job.written' && event.job.state === 'activating') depot.bench.bus.unplug('1-1');
  });
  const lost = await depot.update(digest);
  stop();
  assert.ok(lost.state === 'indeterminate' || lost.state === 'activating', lost.state);
  depot.bench.bus.plug('1-1', depot.bench.bus.unplug('1-2'));
  await depot.bench.bus.settle();
  const job = await resume(depot, lost.id);
  assert.equal(job.endedAt, null);
  assert.equal(job.versionAfter, null);
});

test('REQ-OTA-TST-02 a unit that will not be heard of again is given up by a person, with a reason, and its position is free', async (t) => {
  const depot = await VirtualDepot.set(t);
  const digest = await depot.approved();
  depot.bench.unit('VU-0001').arm({ kind: 'no-return' });
  const lost = await depot.update(digest);
  assert.equal(lost.state, 'indeterminate');
  const wrong = await depot.refusal('technician', 'update.abandon', {
    id: lost.id,
    reason: 'crushed',
    password: 'not the password',
  });
  assert.equal(wrong.code, 'operator.password-wrong');
  depot.clock.advance(5000);
  const given = await depot.call('technician', 'update.abandon', {
    id: lost.id,
    reason: 'Crushed by a forklift',
    password,
  });
  assert.deepEqual([given.state, given.versionAfter, given.code], ['abandoned', null, 'update.abandoned']);
  depot.bench.bus.powerCycle('1-1');
  await depot.bench.bus.settle();
  const next = await depot.update(digest);
  assert.notEqual(next.code, 'update.position-busy');
});

test('a unit that says more than a job can hold neither hides a job nor blocks the bench', async (t) => {
  const depot = await VirtualDepot.set(t, [{}, {}]);
  await depot.installPolicy({ onSelfTestFailure: 'hold' });
  const selfTests = Array.from({ length: 30 }, (_, index) => ({
    name: `self-test of subsystem number ${index} with a long name`,
    passes: false,
    detail: '',
  }));
  const images = [{ bytes: signedImage(2, { description: { selfTests } }) }];
  const digest = await depot.approved({ images });
  const held = await depot.update(digest);
  assert.equal(held.state, 'testing', String(held.reason));
  assert.equal((await depot.call('technician', 'update.show', { id: held.id })).id, held.id);
  await depot.call('technician', 'update.revert', { id: held.id });
  assert.equal((await depot.call('technician', 'update.await', { id: held.id })).state, 'reverted');
});

test('REQ-OTA-APP-04 an operator’s put-back is kept in mind over a lost reset: the job never goes on to confirm', async (t) => {
  const depot = await VirtualDepot.set(t, [{ confirmedBy: 'station' }]);
  await depot.installPolicy({ onSelfTestFailure: 'hold' });
  const selfTests = [{ name: 'pump', passes: false, detail: '' }];
  const images = [{ bytes: signedImage(2, { description: { selfTests } }) }];
  const held = await depot.update(await depot.approved({ images }));
  depot.bench.unit('VU-0001').arm({ kind: 'timeout', transfer: 'RESET', nth: 1 });
  await depot.call('technician', 'update.revert', { id: held.id });
  let job = await depot.call('technician', 'update.await', { id: held.id });
  if (job.endedAt === null) job = await resume(depot, job.id);
  assert.deepEqual([job.state, job.versionAfter], ['reverted', 1]);
  assert.equal(await runningCounter(depot), 1);
});
