import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StationEvent } from '../../../contract/events.ts';
import type { BenchUnit } from '../../../contract/schema/device.ts';
import type { JobState, UpdateJobView } from '../../../contract/schema/update-job.ts';
import { noFacts, take } from '../../../renderer/station/facts.ts';

function job(id: string, state: JobState, endedAt: string | null = null): UpdateJobView {
  // Of a job the store reads its id, its state and its end.
  return { id, state, endedAt } as UpdateJobView;
}

const unit = { position: '1-2.4' } as BenchUnit;

function written(...jobs: readonly UpdateJobView[]): readonly StationEvent[] {
  return jobs.map((one) => ({ type: 'job.written', job: one }));
}

function progress(jobId: string, doneBytes: number, atMs: number): StationEvent {
  return { type: 'job.progress', jobId, phase: 'stage', doneBytes, totalBytes: 1000, atMs };
}

function after(...events: readonly StationEvent[]) {
  const facts = noFacts();
  for (const event of events) take(facts, event);
  return facts;
}

test('after a reload, what the listener missed gives the same picture, in whatever order it is told', () => {
  const live = after(
    ...written(job('a', 'created'), job('a', 'staging')),
    progress('a', 100, 0),
    progress('a', 300, 1000),
  );
  const replayed = after(...written(job('a', 'staging')), progress('a', 300, 1000));
  const turned = after(progress('a', 300, 1000), ...written(job('a', 'staging')));
  for (const facts of [replayed, turned]) {
    assert.equal(facts.jobs.get('a')?.state, live.jobs.get('a')?.state);
    assert.equal(facts.progress.get('a')?.doneBytes, live.progress.get('a')?.doneBytes);
  }
});

test('a late progress event of a closed job brings no bar back', () => {
  const facts = after(...written(job('a', 'confirmed', '2026-11-29T10:00:00Z')), progress('a', 900, 5));
  assert.equal(facts.progress.size, 0);
});

test('a new attempt begins its progress anew', () => {
  const events = [
    ...written(job('a', 'staging')),
    progress('a', 800, 0),
    ...written(job('a', 'staged'), job('a', 'staging')),
  ];
  assert.equal(after(...events).progress.get('a'), undefined);
  assert.equal(after(...events, progress('a', 10, 9000)).progress.get('a')?.doneBytes, 10);
});

test('a fact that is written while bytes move does not stop the bar', () => {
  const facts = after(...written(job('a', 'staging')), progress('a', 800, 0), ...written(job('a', 'staging')));
  assert.equal(facts.progress.get('a')?.doneBytes, 800);
});

test('units come and go by position, and none is shown while USB cannot be read', () => {
  assert.deepEqual([...after({ type: 'device.arrived', unit }).units.keys()], ['1-2.4']);
  assert.equal(after({ type: 'device.arrived', unit }, { type: 'device.left', unit }).units.size, 0);
  const blind = after({ type: 'device.arrived', unit }, { type: 'device.no-usb', reason: 'no rights' });
  assert.deepEqual([blind.units.size, blind.usb.get('reason')], [0, 'no rights']);
});

test('closed jobs do not pile up for as long as the window is open, open ones stay', () => {
  const ended = Array.from({ length: 500 }, (_, at) => job(`closed-${at}`, 'confirmed', '2026-11-29T10:00:00Z'));
  const facts = after(...written(job('open', 'testing'), ...ended));
  assert.equal(facts.jobs.size, 201);
  assert.ok(facts.jobs.has('open') && facts.jobs.has('closed-499') && !facts.jobs.has('closed-0'));
});

test('an import that has ended is not begun anew by what is told again, and ended ones are kept up to a bound', () => {
  const of = (importId: string, isOver: boolean): StationEvent => ({
    type: 'bundle.import',
    ...{ importId, operatorId: 'x', file: 'f.zip', step: 'images', past: [], atMs: 0, elapsedMs: 0 },
    ...{ doneBytes: 0, totalBytes: 0 },
    outcome: isOver ? { kind: 'imported', digest: 'd', alreadyPresent: false } : null,
  });
  assert.equal(after(of('a', false), of('a', true), of('a', false)).imports.get('a')?.outcome?.kind, 'imported');
  const many = Array.from({ length: 30 }, (_, n) => of(`b${n}`, true));
  const facts = after(of('a', false), ...many);
  assert.equal(facts.imports.size, 17);
  assert.ok(facts.imports.has('a') && facts.imports.has('b29') && !facts.imports.has('b13'));
});
