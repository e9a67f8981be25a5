import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeFields } from '../../../core/report/pdf/subject-sections.ts';
import { buildModel, tellStory } from './station-fixture.ts';

test('REQ-OTA-USB-03 the paper names the place beside the port path, and where a unit with the same serial stood', () => {
  const { job } = buildModel(tellStory({}));
  const lines = (change: Partial<typeof job>) =>
    placeFields({ ...job, ...change }).map(({ label, value }) => `${label}: ${String(value)}`);
  assert.deepEqual(lines({}), ['Bench position: 1-2.4'], 'as in jobs from before there was a bench map');
  assert.deepEqual(lines({ place: null, clones: [] }), ['Bench position: 1-2.4']);
  assert.deepEqual(lines({ place: { name: 'Bench 3 left', number: 3 }, clones: ['1-3', '1-4'] }), [
    'Bench position: Bench 3 left (1-2.4)',
    'Same serial also at: 1-3, 1-4',
  ]);
});
