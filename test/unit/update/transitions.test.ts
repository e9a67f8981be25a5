import assert from 'node:assert/strict';
import { test } from 'node:test';
import { JobState } from '../../../contract/schema/update-job.ts';
import { isClosed, mayMove, transitions } from '../../../core/update/transitions.ts';

const states = JobState.options;

test('every state of the contract stands in the table, and every move leads to one', () => {
  assert.deepEqual(Object.keys(transitions).sort(), [...states].sort());
  for (const state of states) for (const next of transitions[state].next) assert.ok(states.includes(next));
});

test('REQ-OTA-APP-04 from every open state some closed state can be reached, so that no job is forgotten', () => {
  for (const start of states) {
    const seen = new Set([start]);
    const queue = [start];
    for (let state = queue.pop(); state !== undefined; state = queue.pop()) {
      for (const next of transitions[state].next) {
        if (!seen.has(next)) queue.push(next);
        seen.add(next);
      }
    }
    assert.ok([...seen].some(isClosed), start);
  }
});

test('a closed state leads nowhere', () => {
  for (const state of states) assert.equal(transitions[state].next.length === 0, isClosed(state), state);
});

test('REQ-OTA-APP-03 no move leads to confirmed but from a state in which the unit was tested', () => {
  const before = states.filter((state) => mayMove(state, 'confirmed'));
  assert.deepEqual(before.sort(), ['confirming', 'indeterminate', 'reverting', 'testing']);
});

test('REQ-OTA-APP-02 activation follows only a staged and compared image', () => {
  assert.deepEqual(
    states.filter((state) => mayMove(state, 'activating')),
    ['staged'],
  );
});

test('from activation on a job can be neither cancelled nor refused', () => {
  for (const state of ['activating', 'testing', 'confirming', 'reverting', 'indeterminate'] as const) {
    assert.equal(mayMove(state, 'cancelled'), false, state);
    assert.equal(mayMove(state, 'refused'), false, state);
  }
});

test('REQ-OTA-TST-02 an indeterminate job stays open', () => {
  assert.equal(isClosed('indeterminate'), false);
});
