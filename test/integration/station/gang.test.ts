import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import { isClosed } from '../../../core/update/transitions.ts';
import type { TransferName } from '../../../simulator/faults.ts';
import { ConcurrentClock } from '../../helpers/concurrent-clock.ts';
import { signedImage, VirtualDepot } from '../../helpers/virtual-depot.ts';

const PLACES = 8;
/** Slow enough in virtual time that every phase of one unit overlaps with those of the others. */
const slow = { pollTimeoutMs: { dfuDNBUSY: 20 } } as const;
const image = signedImage(2, { bodyBytes: 60_000 });
const failing = signedImage(2, {
  bodyBytes: 60_000,
  description: { selfTests: [{ name: 'pump-motor', passes: false, detail: 'stalled' }] },
});
const everyTransfer: readonly TransferName[] = [
  'DETACH',
  'DNLOAD',
  'UPLOAD',
  'GETSTATUS',
  'CLRSTATUS',
  'GETSTATE',
  'ABORT',
  'INFO',
  'ACTIVATE',
  'RESET',
  'GET_DESCRIPTOR',
];

interface Ended {
  readonly job: UpdateJobView;
  /** Virtual time from the start of the batch to the job's last move. */
  readonly afterMs: number;
}

function setBench(t: TestContext, places = PLACES): Promise<VirtualDepot> {
  return VirtualDepot.set(
    t,
    Array.from({ length: places }, () => slow),
    { clock: new ConcurrentClock() },
  );
}

/** Starts a job at each of the positions at once, and answers what became of each and when. */
async function updateAll(
  depot: VirtualDepot,
  bundleAt: (position: string) => string,
  places: readonly number[] = Array.from({ length: PLACES }, (_, index) => index + 1),
): Promise<ReadonlyMap<string, Ended>> {
  const startMs = depot.clock.monotonicMs();
  const lastMoveMs = new Map<string, number>();
  depot.station.subscribe((event) => {
    if (event.type === 'job.written') lastMoveMs.set(event.job.id, depot.clock.monotonicMs() - startMs);
  });
  const jobs = await Promise.all(places.map((place) => depot.update(bundleAt(`1-${place}`), `1-${place}`)));
  return new Map(jobs.map((job) => [job.position, { job, afterMs: lastMoveMs.get(job.id) ?? NaN }]));
}

function at(ended: ReadonlyMap<string, Ended>, position: string): Ended {
  const found = ended.get(position);
  assert.ok(found, position);
  return found;
}

/** A unit that is away is looked for every 100 ms, twice in an update: which look finds it is chance. */
const LOOKS_MS = 200;

function assertNoLater(afterMs: number, undisturbedMs: number, position: string): void {
  assert.ok(afterMs <= undisturbedMs + LOOKS_MS, `${position} took ${afterMs} ms instead of ${undisturbedMs} ms`);
}

const good = { images: [{ bytes: image }] };

test('REQ-OTA-USB-03 eight units at once are all confirmed, each by a job of its own, in the time of one', async (t) => {
  const one = await setBench(t, 1);
  const digestOfOne = await one.approved(good);
  const alone = at(await updateAll(one, () => digestOfOne, [1]), '1-1');
  const depot = await setBench(t);
  const digest = await depot.approved(good);
  const ended = await updateAll(depot, () => digest);
  assert.equal(new Set([...ended.values()].map(({ job }) => job.id)).size, PLACES);
  for (const [position, { job, afterMs }] of ended) {
    assert.equal(job.state, 'confirmed', `${position}: ${String(job.reason)}`);
    assert.equal(job.serial, `VU-000${position.slice(2)}`);
    assertNoLater(afterMs, alone.afterMs, position);
  }
  assert.equal((await depot.call('auditor', 'audit.verify', {})).intact, true);
});

test('REQ-OTA-USB-03 a unit that hangs, one unplugged, one that fails its self-test and one with absurd poll times delay nobody', async (t) => {
  const well = await setBench(t);
  const digestOfWell = await well.approved(good);
  const undisturbed = await updateAll(well, () => digestOfWell);
  const depot = await setBench(t);
  const digest = await depot.approved(good);
  const bad = await depot.approved({ images: [{ bytes: failing }] });
  const [hung, pulled, absurd] = ['VU-0002', 'VU-0004', 'VU-0006'].map((serial) => depot.bench.unit(serial));
  assert.ok(hung && pulled && absurd);
  pulled.arm({ kind: 'unplug', transfer: 'DNLOAD', nth: 5 });
  absurd.arm({ kind: 'false-poll-time', pollMs: 0xff_ffff });
  let isHanging = false;
  depot.station.subscribe((event) => {
    if (event.type !== 'job.progress' || isHanging) return;
    isHanging = true;
    for (const transfer of everyTransfer) hung.arm({ kind: 'no-answer', transfer });
  });
  const ended = await updateAll(depot, (position) => (position === '1-8' ? bad : digest));
  assert.ok(isHanging);
  for (const position of ['1-1', '1-3', '1-5', '1-7']) {
    const { job, afterMs } = at(ended, position);
    assert.equal(job.state, 'confirmed', `${position}: ${String(job.reason)}`);
    assertNoLater(afterMs, at(undisturbed, position).afterMs, position);
  }
  assert.equal(at(ended, '1-2').job.code, 'device.timeout');
  assert.ok(at(ended, '1-2').afterMs > at(ended, '1-1').afterMs, 'the unit that hangs was waited for');
  assert.equal(at(ended, '1-4').job.code, 'device.unplugged');
  assert.equal(at(ended, '1-6').job.code, 'device.poll-timeout-absurd');
  assert.deepEqual([at(ended, '1-8').job.state, at(ended, '1-8').job.code], ['reverted', 'update.self-test-failed']);
  for (const position of ['1-2', '1-4', '1-6']) assert.ok(isClosed(at(ended, position).job.state), position);
  assert.equal((await depot.call('auditor', 'audit.verify', {})).intact, true);
});

test('REQ-OTA-USB-03 the events of eight jobs stand mixed in one log, and each job is the fold of its own', async (t) => {
  const depot = await setBench(t);
  const digest = await depot.approved(good);
  const ended = await updateAll(depot, () => digest);
  const events = await depot.call('auditor', 'audit.list', {
    before: null,
    type: 'update.moved',
    outcome: null,
    limit: 500,
  });
  const order = events.reverse().map(({ subject }) => subject.job ?? '');
  const changes = order.filter((job, index) => index > 0 && job !== order[index - 1]).length;
  assert.ok(changes > 3 * PLACES, `the jobs took turns only ${changes} times: one waited for another`);
  for (const { job } of ended.values()) {
    const states = events.filter(({ subject }) => subject.job === job.id).map(({ data }) => data['to']);
    assert.equal(states.at(0), 'created');
    assert.equal(states.at(-1), 'confirmed');
  }
});

test('REQ-OTA-USB-03 a job tells of its progress at most 20 times a second, and of the last byte of each phase', async (t) => {
  const depot = await setBench(t);
  const digest = await depot.approved(good);
  await updateAll(depot, () => digest);
  const byPhase = new Map<string, { atMs: number; isLast: boolean }[]>();
  for (const event of depot.events) {
    if (event.type !== 'job.progress') continue;
    const key = `${event.jobId} ${event.phase}`;
    const seen = byPhase.get(key) ?? [];
    byPhase.set(key, [...seen, { atMs: event.atMs, isLast: event.doneBytes === event.totalBytes }]);
  }
  assert.equal(byPhase.size, 2 * PLACES);
  for (const [key, seen] of byPhase) {
    assert.ok(seen.at(-1)?.isLast, key);
    const between = seen.slice(0, -1);
    for (const [index, { atMs }] of between.entries()) {
      const before = between[index - 1];
      assert.ok(
        before === undefined || atMs - before.atMs >= 50,
        `${key}: two within ${atMs - (before?.atMs ?? 0)} ms`,
      );
    }
  }
});

test('REQ-OTA-USB-03 two units with one serial at two positions each have a job of their own, which never says what the other one runs', async (t) => {
  const units = [slow, { ...slow, id: 'clone', serial: 'VU-0001' }];
  const depot = await VirtualDepot.set(t, units, { clock: new ConcurrentClock() });
  const digest = await depot.approved(good);
  const ended = await updateAll(depot, () => digest, [1, 2]);
  for (const position of ['1-1', '1-2']) {
    const { job } = at(ended, position);
    assert.deepEqual([job.serial, job.position], ['VU-0001', position]);
    // Their history by serial is one; whichever comes second to its activation still runs an older image, as its reading shows.
    assert.deepEqual([job.state, job.code], ['confirmed', null]);
    const state = await depot.call('technician', 'device.read', { position });
    const running = state.slots.find(({ role }) => role === 'running');
    assert.equal(running?.counter, 2, position);
    assert.deepEqual(job.clones, [position === '1-1' ? '1-2' : '1-1']);
  }
  const filter = { before: null, type: 'device.clone-seen', outcome: null, limit: 10 } as const;
  assert.equal((await depot.call('auditor', 'audit.list', filter)).length, 2, 'both are reported');
});
