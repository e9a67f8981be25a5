import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { BatchBoard } from '../../../../cli/terminal/batch-board.ts';
import { createBatchView } from '../../../../cli/terminal/batch-view.ts';
import type { StationEvent } from '../../../../contract/events.ts';
import type { JobState, UpdateJobView } from '../../../../contract/schema/update-job.ts';
import { openJob } from '../../../../core/update/fold-job.ts';

const executedBy = { id: randomUUID(), username: 'tom', printedName: 'Tom' };

function jobAt(position: string, state: JobState, changes: Partial<UpdateJobView> = {}): UpdateJobView {
  const request = {
    ...{ id: `00000000-0000-4000-8000-00000000000${position.slice(-1)}`, bundleDigest: 'ab'.repeat(32), position },
    ...{
      training: true,
      workOrder: 'WO-1',
      assetTag: null,
      udi: null,
      statedSerial: null,
      executedBy,
      kind: 'install' as const,
    },
  };
  return { ...openJob(request, '2026-11-22T09:00:00.000Z'), serial: `VU-${position}`, state, ...changes };
}

function written(job: UpdateJobView): StationEvent {
  return { type: 'job.written', job };
}

function progress(job: UpdateJobView, doneBytes: number, atMs: number): StationEvent {
  return { type: 'job.progress', jobId: job.id, phase: 'stage', doneBytes, totalBytes: 1000, atMs };
}

function show(options: { isTTY?: boolean; columns?: number; json?: boolean }, events: readonly StationEvent[]): string {
  let text = '';
  let nowMs = 0;
  const board = new BatchBoard();
  const out = { ...options, write: (more: string) => (text += more) };
  const view = createBatchView(board, out, options.json === true, () => (nowMs += 1000));
  for (const event of events) view.show(event, board.apply(event));
  view.end();
  return text;
}

/** What a terminal shows in the end, which knows the two control sequences that are used. */
function screenOf(text: string): string[] {
  const lines: string[] = [];
  let at = 0;
  for (const part of text.split(/(\x1b\[\d+A|\x1b\[2K|\n)/)) {
    const up = /^\x1b\[(\d+)A$/.exec(part);
    if (up !== null) at -= Number(up[1]);
    else if (part === '\x1b[2K') lines[at] = '';
    else if (part === '\n') at += 1;
    else lines[at] = (lines[at] ?? '') + part.replace(/\x1b\[\d+m/g, '');
  }
  return lines.filter((line) => line !== '');
}

const one = jobAt('1-1', 'staging');
const two = jobAt('1-2', 'staging');

test('a terminal shows one line for each place, redrawn in place, with percent, rate and time left', () => {
  const events = [
    written(one),
    written(two),
    progress(one, 100, 0),
    progress(one, 500, 1000),
    progress(two, 250, 1000),
  ];
  const screen = screenOf(show({ isTTY: true, columns: 100 }, events));
  assert.equal(screen.length, 3);
  assert.match(screen[1] ?? '', /^1-1 +VU-1-1 .*Writing the staging slot, do not/);
  assert.match(screen[1] ?? '', / 50 % +0 KiB\/s +2 s$/);
  assert.match(screen[2] ?? '', /^1-2 .* 25 %/);
});

test('a line never wraps, whatever a unit or a reason is called', () => {
  const reason = 'x'.repeat(500);
  const failed = jobAt('1-1', 'failed', { serial: 'S'.repeat(128), reason, code: 'device.timeout' });
  for (const columns of [40, 80, 200]) {
    for (const line of screenOf(
      show({ isTTY: true, columns }, [written(failed), written(two), progress(two, 10, 0)]),
    )) {
      assert.ok(line.length < Math.min(columns, 120), `${line.length} of ${columns}: ${line}`);
    }
  }
});

test('text from a unit cannot control the terminal', () => {
  const evil = jobAt('1-1', 'failed', { serial: 'VU\x1b[2J', reason: 'a\u202eb\x07', code: 'device.timeout' });
  for (const isTTY of [true, false]) {
    const text = show({ isTTY, columns: 120 }, [written(evil)]);
    assert.doesNotMatch(text, /\x1b\[2J|\x07|\u202e/);
  }
});

test('a pipe gets a line for each change and for each quarter, and no other', () => {
  const steps = Array.from({ length: 101 }, (_, percent) => progress(one, percent * 10, percent * 10));
  const confirmed = jobAt('1-1', 'confirmed', { versionAfter: 4 });
  const lines = show({}, [written(one), written(one), ...steps, written(confirmed)])
    .trimEnd()
    .split('\n');
  assert.equal(lines.length, 6, lines.join('\n'));
  assert.match(lines[1] ?? '', /stage 25 %/);
  assert.match(lines[5] ?? '', /✓ Confirmed, version 4/);
});

test('a place whose next unit was done already says so of that unit', () => {
  const confirmed = jobAt('1-1', 'confirmed', { versionAfter: 4 });
  const withheld: StationEvent = {
    ...{ type: 'order.withheld', orderId: randomUUID(), position: '1-1', place: null, serial: 'VU-9' },
    ...{ code: 'order.unit-done', reason: 'It was brought to this firmware already.' },
  };
  const screen = screenOf(show({ isTTY: true, columns: 100 }, [written(confirmed), withheld]));
  assert.match(screen[1] ?? '', /^1-1 +VU-9 +✓ Done already/);
});

test('with --json the lines of a batch tell of jobs and orders, and of nothing else that goes on at the station', () => {
  const job = jobAt('1-1', 'staging');
  const grown: StationEvent = { type: 'audit.grown', size: 72 };
  const lines = show({ json: true }, [written(job), grown, progress(job, 500, 0)])
    .trimEnd()
    .split('\n');
  assert.deepEqual(
    lines.map((line) => (JSON.parse(line) as { type: string }).type),
    ['job.written', 'job.progress'],
  );
});
