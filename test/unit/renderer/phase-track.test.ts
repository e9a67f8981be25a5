import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import { trackOf } from '../../../renderer/features/bench/phase-track.ts';

const words = { checks: (passed: number, all: number) => `${passed}/${all}`, tests: () => '' };
const checks = [
  { name: 'unit', passed: true, detail: '', at: '2026-11-29T09:00:01Z' },
  { name: 'approvals', passed: true, detail: '', at: '2026-11-29T09:00:02Z' },
  { name: 'read-back', passed: true, detail: '', at: '2026-11-29T09:00:30Z' },
  { name: 'contact-after-reset', passed: true, detail: '', at: '2026-11-29T09:00:40Z' },
  { name: 'self-test', passed: false, detail: '', at: '2026-11-29T09:00:50Z' },
];
const job = { createdAt: '2026-11-29T09:00:00Z', endedAt: null, selfTest: null, checks } as unknown as UpdateJobView;

test('REQ-OTA-UI-01 the phase in which a job failed is the one after the last that it finished', () => {
  const track = trackOf({ ...job, state: 'reverted' }, undefined, words);
  assert.deepEqual(
    track.map(({ state }) => state),
    ['done', 'done', 'done', 'done', 'failed', 'to-do'],
  );
  assert.deepEqual([track[0]?.tookMs, track[0]?.result, track[3]?.tookMs], [2000, '2/2', 10_000]);
});
