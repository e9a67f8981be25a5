import assert from 'node:assert/strict';
import { test } from 'node:test';
import { steadyProgress } from '../../../core/update/steady-progress.ts';
import type { PhaseProgress } from '../../../core/update/steps/step.ts';
import { TestClock } from '../../helpers/test-clock.ts';

function tellEveryMs(clock: TestClock, jobs: readonly string[], stepMs: number): PhaseProgress[] {
  const told: PhaseProgress[] = [];
  const tell = steadyProgress(clock, (progress) => told.push(progress));
  for (const phase of ['stage', 'verify'] as const) {
    for (let doneBytes = 1; doneBytes <= 1000; doneBytes += 1) {
      for (const jobId of jobs) tell({ jobId, phase, doneBytes, totalBytes: 1000 });
      clock.advance(stepMs);
    }
  }
  return told;
}

test('REQ-OTA-USB-03 of a thousand blocks in a second each job tells of twenty, and of the last', () => {
  const told = tellEveryMs(new TestClock(), ['a', 'b'], 1);
  for (const jobId of ['a', 'b']) {
    for (const phase of ['stage', 'verify']) {
      const own = told.filter((progress) => progress.jobId === jobId && progress.phase === phase);
      assert.equal(own.length, 21);
      assert.equal(own.at(0)?.doneBytes, 1);
      assert.equal(own.at(-1)?.doneBytes, 1000);
    }
  }
});

test('what comes slowly is told whole', () => {
  assert.equal(tellEveryMs(new TestClock(), ['a'], 50).length, 2000);
});
