import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BundleImportEvent, JobProgressEvent, StationEvent } from '../../../contract/events.ts';
import type { Permission } from '../../../contract/permission.ts';
import type { SessionView } from '../../../contract/schema/session.ts';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import type { NumberedEvent } from '../../../contract/window/bridge.ts';
import { BenchLedger } from '../../../main/events/bench-ledger.ts';
import { glanceAtJobs } from '../../../main/events/glance.ts';
import { ProgressGate } from '../../../main/events/progress-gate.ts';
import { WindowEvents } from '../../../main/events/window-events.ts';
import { WindowSession } from '../../../main/session/window-session.ts';
import { GrowthGate } from '../../../main/events/growth-gate.ts';
import { mayClose } from '../../../main/window/closing.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import { wordsFor } from '../../../main/words/words-for.ts';

const job = (id: string, changes: Partial<UpdateJobView> = {}): UpdateJobView =>
  ({
    id,
    state: 'staging',
    position: '1-1',
    serial: 'PUMP-0401',
    attention: null,
    endedAt: null,
    ...changes,
  }) as UpdateJobView;
const written = (view: UpdateJobView): StationEvent => ({ type: 'job.written', job: view });
const progress = (
  jobId: string,
  doneBytes: number,
  atMs: number,
  phase: 'stage' | 'verify' = 'stage',
): JobProgressEvent => ({
  type: 'job.progress',
  jobId,
  phase,
  doneBytes,
  totalBytes: 100,
  atMs,
});
const view = (permissions: readonly Permission[]): SessionView =>
  ({
    permissions,
    startedAt: '2026-01-01T00:00:00.000Z',
    idleAt: '2026-01-01T00:15:00.000Z',
  }) as unknown as SessionView;

test('at most twenty progress events a second pass for each job, and always the last of a phase', () => {
  const gate = new ProgressGate();
  const passed = Array.from({ length: 1000 }, (_, ms) => progress('a', 1, ms)).filter((event) => gate.passes(event));
  assert.equal(passed.length, 20);
  assert.equal(gate.passes(progress('b', 1, 999)), true, 'each job for itself');
  assert.equal(gate.passes(progress('a', 100, 1000)), true, 'the last of a phase');
  assert.equal(gate.passes(progress('a', 1, 1001, 'verify')), true, 'the first of the next');
});

test('REQ-OTA-UI-02 events of units go to whoever may read them, at an unlocked window, and to nobody else', () => {
  const sent: NumberedEvent[] = [];
  const session = new WindowSession(() => undefined);
  const ledger = new BenchLedger();
  const events = new WindowEvents(session, ledger, new TestClock(), (message) => void sent.push(message));
  const tell = (): number => {
    const before = sent.length;
    events.tellStation(written(job('a')));
    return sent.length - before;
  };
  assert.equal(tell(), 0, 'nobody is logged in');
  session.begin('token', view(['device.read']));
  assert.equal(tell(), 0, 'no permission');
  session.begin('token', view(['update.read']));
  assert.equal(tell(), 1);
  session.lock();
  assert.equal(tell(), 0, 'locked');
  events.tell({ type: 'window.go', to: 'about' });
  assert.deepEqual(
    sent.map(({ number }) => number),
    [1, 2],
  );
  ledger.note(written(job('a')));
  assert.deepEqual(events.retell().events, []);
  session.unlock();
  assert.deepEqual(events.retell(), { upTo: 2, events: [written(job('a'))] });
});

test('a page that begins late is told the newest of everything, and what ended while it was not there', () => {
  const ledger = new BenchLedger();
  const unit = { position: '1-2' } as never;
  ledger.note({ type: 'device.arrived', unit });
  ledger.note({ type: 'device.left', unit });
  ledger.note(written(job('a')));
  ledger.note(progress('a', 10, 1));
  ledger.note(progress('a', 20, 2));
  ledger.note(written(job('b', { state: 'confirmed', endedAt: '2026-01-01T00:00:00Z' })));
  ledger.fill({
    jobs: [job('a', { state: 'created' }), job('c', { state: 'indeterminate' })],
    orders: [],
    units: [unit],
  });
  assert.deepEqual(
    ledger.retell().map((event) => (event.type === 'job.written' ? `${event.job.id} ${event.job.state}` : event.type)),
    ['device.left', 'a staging', 'b confirmed', 'c indeterminate', 'job.progress'],
  );
  assert.equal(ledger.progressOf('a')?.doneBytes, 20);
  ledger.note(written(job('a', { state: 'staged' })));
  assert.equal(ledger.progressOf('a'), undefined, 'progress is that of one state');
  assert.deepEqual(
    ledger.openJobs.map(({ id }) => id),
    ['c', 'a'],
  );
  assert.deepEqual(
    ledger.jobsUnderWay.map(({ id }) => id),
    ['a'],
    'c was left open by an earlier run',
  );
});

test('ended jobs are forgotten in the end, open ones never', () => {
  const ledger = new BenchLedger();
  ledger.note(written(job('open')));
  for (let count = 0; count < 200; count += 1)
    ledger.note(written(job(`ended ${count}`, { endedAt: '2026-01-01T00:00:00Z' })));
  assert.equal(ledger.retell().length, 65);
  assert.deepEqual(
    ledger.openJobs.map(({ id }) => id),
    ['open'],
  );
});

test('the locked window shows where and how far, and neither serial nor name', () => {
  const ledger = new BenchLedger();
  ledger.note(written(job('a', { place: { name: 'Left', number: 2 } })));
  ledger.note(progress('a', 25, 1));
  ledger.note(
    written(job('b', { state: 'activating', attention: { kind: 'power-cycle', since: '', text: 'PUMP-0401' } })),
  );
  ledger.note(written(job('c', { state: 'ready', place: { name: 'Right', number: 1 } })));
  assert.deepEqual(glanceAtJobs(ledger), [
    { place: 1, state: 'ready', fraction: null, mayUnplug: true, needsPerson: false },
    { place: 2, state: 'staging', fraction: 0.25, mayUnplug: false, needsPerson: false },
    { place: null, state: 'activating', fraction: null, mayUnplug: false, needsPerson: true },
  ]);
});

test('closing asks only while units are updated, names their places, and keeps working unless told otherwise', async () => {
  const words = wordsFor('system', 'de-AT');
  assert.equal(await mayClose([], words, () => Promise.reject(new Error('nothing is asked'))), true);
  const ports = ['1-10', '1-7'].map((position) => job(position, { position }));
  const jobs = [job('a', { place: { name: 'Links', number: 1 } }), ...ports];
  let text = '';
  const answer = (button: number) => (options: { message: string; detail?: string; cancelId?: number }) => {
    text = `${options.message}\n${options.detail ?? ''}`;
    assert.equal(options.cancelId, 0);
    return Promise.resolve(button);
  };
  assert.equal(await mayClose(jobs, words, answer(0)), false);
  assert.equal(await mayClose(jobs, words, answer(1)), true);
  assert.match(text, /^3 Geräte werden aktualisiert\.\n1-7\n1-10\nLinks \(1-1\)\n/);
  assert.ok(!text.includes('PUMP'));
  assert.equal(wordsFor('en', 'de').allFiles, 'All files');
});

test('imports are told again after a reload, ended ones up to a bound, and only to whoever may see bundles', () => {
  const ledger = new BenchLedger();
  const of = (importId: string, outcome: BundleImportEvent['outcome'], doneBytes = 0): BundleImportEvent => ({
    type: 'bundle.import',
    ...{ importId, operatorId: 'x', file: 'f.zip', step: 'images', past: [], atMs: 0, elapsedMs: 0 },
    ...{ doneBytes, totalBytes: 100, outcome },
  });
  const cancelled = { kind: 'cancelled', code: 'bundle.import-cancelled', reason: '' } as const;
  for (let n = 0; n < 20; n++) ledger.note(of(`ended ${n}`, cancelled));
  ledger.note(of('now', null, 10));
  ledger.note(of('now', null, 60));
  const session = new WindowSession(() => undefined);
  const events = new WindowEvents(session, ledger, new TestClock(), () => undefined);
  session.begin('token', view(['update.read', 'device.read']));
  assert.deepEqual(events.retell().events, []);
  session.begin('token', view(['bundle.read']));
  const told = events.retell().events as readonly BundleImportEvent[];
  assert.equal(told.length, 17);
  assert.deepEqual(told[0]?.importId, 'ended 4');
  assert.deepEqual([told.at(-1)?.importId, told.at(-1)?.doneBytes], ['now', 60]);
});

test('of a log that grows fast the first and the newest length are told, four times a second', async () => {
  const clock = new TestClock();
  const told: number[] = [];
  const gate = new GrowthGate(clock, ({ size }) => void told.push(size));
  const grow = (size: number): void => gate.note({ type: 'audit.grown', size });
  grow(1);
  assert.deepEqual(told, [1], 'the first at once');
  for (let size = 2; size <= 50; size += 1) grow(size);
  await nextTurn();
  assert.deepEqual(told, [1, 50], 'of the rest the newest, when the time has come');
  clock.advance(250);
  grow(51);
  assert.deepEqual(told, [1, 50, 51]);
});

test('REQ-OTA-UI-02 that the log grew and is verified is told to whoever may read it, and told again to a page that comes late', () => {
  const sent: NumberedEvent[] = [];
  const session = new WindowSession(() => undefined);
  const ledger = new BenchLedger();
  const events = new WindowEvents(session, ledger, new TestClock(), (message) => void sent.push(message));
  const grown: StationEvent = { type: 'audit.grown', size: 7 };
  const verifying: StationEvent = { type: 'audit.verifying', progress: { doneEvents: 1, ofEvents: 7 } };
  session.begin('token', view(['update.read', 'device.read']));
  for (const event of [grown, verifying]) {
    ledger.note(event);
    events.tellStation(event);
  }
  assert.deepEqual([sent, events.retell().events], [[], []], 'a technician hears nothing of it');
  session.begin('token', view(['audit.read']));
  assert.deepEqual(events.retell().events, [grown, verifying]);
  const ended: StationEvent = { type: 'audit.verifying', progress: null };
  ledger.note(ended);
  events.tellStation(ended);
  assert.deepEqual(
    sent.map(({ event }) => event),
    [ended],
  );
  assert.deepEqual(events.retell().events, [grown, ended], 'the newest of each');
});
