import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as v from 'valibot';
import { JobSearch } from '../../../contract/schema/job-history.ts';
import { JobState } from '../../../contract/schema/update-job.ts';
import { isBackwards, isFiltered, noFilter, searchOf, stateGroups } from '../../../renderer/features/history/search.ts';

test('every state of a job is in one choice of the history, and in no other', () => {
  const grouped = Object.values(stateGroups).flat();
  assert.deepEqual([...grouped].sort(), [...JobState.options].sort());
});

test('an empty filter finds everything, and spaces are no filter', () => {
  assert.equal(isFiltered(noFilter), false);
  assert.equal(isFiltered({ ...noFilter, text: '  ' }), false);
  assert.equal(searchOf({ ...noFilter, text: '  ' }).text, null);
  assert.equal(isFiltered({ ...noFilter, group: 'open' }), true);
});

test('days are local ones: from the first midnight to the one behind the last', () => {
  const search = searchOf({ ...noFilter, firstDay: '2026-02-28', lastDay: '2026-02-28' });
  assert.equal(search.from, new Date(2026, 1, 28).toISOString());
  assert.equal(search.to, new Date(2026, 2, 1).toISOString());
  assert.ok(v.is(JobSearch, search));
});

test('a year that is still being typed is not one of the last century', () => {
  assert.match(searchOf({ ...noFilter, firstDay: '0020-06-15' }).from ?? '', /^0020-06-1[45]T/);
});

test('a last day before the first is backwards; the same day is not', () => {
  assert.equal(isBackwards({ ...noFilter, firstDay: '2026-02-02', lastDay: '2026-02-01' }), true);
  assert.equal(isBackwards({ ...noFilter, firstDay: '2026-02-02', lastDay: '2026-02-02' }), false);
  assert.equal(isBackwards({ ...noFilter, lastDay: '2026-02-01' }), false);
});
