import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { JobProgressEvent } from '../../../contract/events.ts';
import { advance, type Progress } from '../../../renderer/station/progress.ts';

function event(atMs: number, doneBytes: number, phase: JobProgressEvent['phase'] = 'stage'): JobProgressEvent {
  return { type: 'job.progress', jobId: 'a', phase, doneBytes, totalBytes: 100_000, atMs };
}

function follow(...events: readonly JobProgressEvent[]): Progress {
  return events.reduce<Progress | undefined>(advance, undefined) ?? assert.fail('no event');
}

test('REQ-OTA-UI-01 at a steady 10 kB/s the rate and the time left are those of arithmetic', () => {
  const steady = Array.from({ length: 21 }, (_, step) => event(step * 100, step * 1000));
  const { rate, leftMs } = follow(...steady);
  assert.ok(rate !== null && leftMs !== null);
  assert.ok(Math.abs(rate - 10_000) < 1, String(rate));
  assert.ok(Math.abs(leftMs - 8000) < 10, String(leftMs));
});

test('no rate is guessed from the first half second', () => {
  assert.equal(follow(event(0, 0), event(400, 4000)).rate, null);
});

test('REQ-OTA-UI-01 the number that is shown never goes back inside a phase, whatever events come', () => {
  const anyEvent = fc
    .record({ atMs: fc.nat(10_000), doneBytes: fc.nat(100_000) })
    .map(({ atMs, doneBytes }) => event(atMs, doneBytes));
  fc.assert(
    fc.property(fc.array(anyEvent, { minLength: 1 }), (events) => {
      let before: Progress | undefined;
      for (const one of events) {
        const next = advance(before, one);
        assert.ok(next.doneBytes >= (before?.doneBytes ?? 0));
        assert.ok(next.atMs >= (before?.atMs ?? 0));
        assert.ok(next.leftMs === null || (Number.isFinite(next.leftMs) && next.leftMs >= 0));
        before = next;
      }
    }),
  );
});

test('replaying events that were told before changes nothing', () => {
  const events = [event(0, 0), event(1000, 10_000), event(2000, 20_000)];
  assert.deepEqual(follow(...events, ...events), follow(...events));
});

test('the next phase begins at its own zero', () => {
  const { phase, doneBytes, rate } = follow(event(0, 0), event(1000, 100_000), event(1100, 500, 'verify'));
  assert.deepEqual({ phase, doneBytes, rate }, { phase: 'verify', doneBytes: 500, rate: null });
});

test('a short hiccup does not turn the time left back, a lasting slowdown raises it slowly', () => {
  const before = follow(...Array.from({ length: 31 }, (_, step) => event(step * 100, step * 1000)));
  const hiccup = advance(before, event(3200, 30_500));
  assert.ok((hiccup.leftMs ?? 0) <= (before.leftMs ?? 0));
  const slow = Array.from({ length: 60 }, (_, step) => event(3200 + step * 100, 30_500 + step * 300)).reduce(
    advance,
    hiccup,
  );
  const truthMs = ((100_000 - slow.doneBytes) / 3000) * 1000;
  assert.ok((slow.leftMs ?? 0) > (hiccup.leftMs ?? 0) && (slow.leftMs ?? 0) < truthMs * 1.05, String(slow.leftMs));
});
