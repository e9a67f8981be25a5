import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Weekday } from '../../../contract/schema/policy.ts';
import type { UpdateWindow } from '../../../contract/schema/policy.ts';
import { checkUpdateWindow, findNextWindowStart, isInsideWindow } from '../../../core/policy/update-window.ts';
import { refusal } from '../operator/operator-bench.ts';
import { twoApprovals } from './policy-bench.ts';

// 22 November 2026 is a Sunday.
const nights: UpdateWindow = { days: ['mon', 'fri'], from: '22:00', to: '04:30' };
const noon: UpdateWindow = { days: ['wed'], from: '12:00', to: '13:00' };
const wholeDay: UpdateWindow = { days: ['sat'], from: '00:00', to: '24:00' };
const inside = (utc: string, ...windows: UpdateWindow[]) => isInsideWindow(windows, new Date(utc));

test('REQ-OTA-POL-01 a window includes its first moment and not its last', () => {
  assert.ok(!inside('2026-11-25T11:59:59.999Z', noon));
  assert.ok(inside('2026-11-25T12:00:00.000Z', noon));
  assert.ok(inside('2026-11-25T12:59:59.999Z', noon));
  assert.ok(!inside('2026-11-25T13:00:00.000Z', noon));
  assert.ok(!inside('2026-11-26T12:30:00.000Z', noon), 'not on a Thursday');
});

test('REQ-OTA-POL-01 a window over midnight belongs to the day on which it begins', () => {
  assert.ok(inside('2026-11-23T22:00:00.000Z', nights), 'Monday night');
  assert.ok(inside('2026-11-24T04:29:59.999Z', nights), 'and its small hours');
  assert.ok(!inside('2026-11-24T04:30:00.000Z', nights));
  assert.ok(!inside('2026-11-23T04:00:00.000Z', nights), 'not those of Monday itself');
  assert.ok(!inside('2026-11-24T22:30:00.000Z', nights));
});

test('REQ-OTA-POL-01 a day lasts to 24:00', () => {
  assert.ok(inside('2026-11-28T00:00:00.000Z', wholeDay));
  assert.ok(inside('2026-11-28T23:59:59.999Z', wholeDay));
  assert.ok(!inside('2026-11-29T00:00:00.000Z', wholeDay));
});

test('REQ-OTA-POL-01 no windows means any time', () => {
  assert.ok(checkUpdateWindow(twoApprovals, new Date('2026-11-22T09:00:00Z')).ok);
});

test('REQ-OTA-POL-01 outside of the windows the refusal names the next one', () => {
  const policy = { ...twoApprovals, updateWindows: [noon, nights] };
  const at = (utc: string) => checkUpdateWindow(policy, new Date(utc));
  refusal(
    at('2026-11-22T09:00:00Z'),
    'policy.outside-window',
    /the next update window opens on 2026-11-23 at 22:00 UTC\.$/,
  );
  refusal(at('2026-11-24T04:30:00Z'), 'policy.outside-window', /2026-11-25 at 12:00 UTC/);
  refusal(at('2026-11-28T05:00:00Z'), 'policy.outside-window', /2026-11-30 at 22:00 UTC/);
  assert.ok(at('2026-11-25T12:30:00Z').ok);
});

test('REQ-OTA-POL-01 a weekly window that has just begun comes again in a week', () => {
  const next = findNextWindowStart([noon], new Date('2026-11-25T12:00:00.000Z'));
  assert.equal(next.toISOString(), '2026-12-02T12:00:00.000Z');
});

test('REQ-OTA-POL-01 whatever the windows, the next one is within eight days, and its start is inside', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
  const window = fc
    .record({
      days: fc.subarray([...Weekday.options], { minLength: 1 }),
      from: time,
      to: fc.oneof(time, fc.constant('24:00')),
    })
    .filter(({ from, to }) => from !== to);
  fc.assert(
    fc.property(
      fc.array(window, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 0, max: 14 * 86_400_000 }),
      (windows, offsetMs) => {
        const now = new Date(Date.parse('2026-12-25T00:00:00Z') + offsetMs);
        const next = findNextWindowStart(windows, now);
        assert.ok(next > now && next.getTime() - now.getTime() <= 8 * 86_400_000);
        assert.ok(isInsideWindow(windows, next));
        if (!isInsideWindow(windows, now)) assert.ok(!isInsideWindow(windows, new Date(next.getTime() - 1)));
      },
    ),
    { seed: 23, numRuns: 1000 },
  );
});
