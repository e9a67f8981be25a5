import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysOf, isBackwards } from '../../../renderer/features/reports/period.ts';

test('the report of a period offers days of UTC, as the station counts them', () => {
  const march = new Date('2024-03-01T00:30:00+01:00');
  assert.deepEqual(daysOf('today', march), { firstDay: '2024-02-29', lastDay: '2024-02-29' });
  assert.deepEqual(daysOf('week', march), { firstDay: '2024-02-23', lastDay: '2024-02-29' });
  assert.deepEqual(daysOf('month', march), { firstDay: '2024-02-01', lastDay: '2024-02-29' });
  assert.deepEqual(daysOf('lastMonth', march), { firstDay: '2024-01-01', lastDay: '2024-01-31' });
  const january = new Date('2026-01-31T12:00:00Z');
  assert.deepEqual(daysOf('lastMonth', january), { firstDay: '2025-12-01', lastDay: '2025-12-31' });
  assert.equal(daysOf('own', january), null);
});

test('days in the wrong order are told before the station is asked, and a day that is being typed is not', () => {
  assert.ok(isBackwards({ firstDay: '2026-11-02', lastDay: '2026-11-01' }));
  assert.ok(!isBackwards({ firstDay: '2026-11-01', lastDay: '2026-11-01' }));
  assert.ok(!isBackwards({ firstDay: '2026-11-01', lastDay: '' }));
});
