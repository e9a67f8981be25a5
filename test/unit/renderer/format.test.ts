import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fill } from '../../../renderer/words/fill.ts';
import {
  formatBytes,
  formatDuration,
  formatFraction,
  formatRate,
  formatTime,
  formatUtc,
  groupDigest,
} from '../../../renderer/words/format.ts';

function plain(text: string): string {
  return text.replaceAll(/[\u00a0\u202f]/g, ' ');
}

test('bytes and rates have one digit after the point and the unit of the language', () => {
  assert.deepEqual(
    [0, 999, 1000, 412_000, 1_234_567].map((len) => plain(formatBytes('en', len))),
    ['0 B', '999 B', '1.0 kB', '412.0 kB', '1.2 MB'],
  );
  assert.equal(plain(formatBytes('de', 1_234_567)), '1,2 MB');
  assert.equal(plain(formatRate('de', 48_000)), '48,0 kB/s');
});

test('a time left is rounded up in calm steps', () => {
  assert.deepEqual(
    [0, 1, 9_400, 10_100, 12_700, 61_000, 130_000, 3_700_000].map((ms) => plain(formatDuration(ms))),
    ['0 s', '1 s', '10 s', '15 s', '15 s', '1 min 10 s', '2 min 10 s', '1 h 2 min'],
  );
});

test('a hundred per cent means all of it', () => {
  assert.equal(plain(formatFraction('en', 0.9999)), '99%');
  assert.equal(plain(formatFraction('de', 1)), '100 %');
  assert.equal(plain(formatFraction('en', 0.29)), '29%');
});

test('a time is local with its zone, and in UTC the same in every language', () => {
  assert.equal(plain(formatTime('en', '2026-05-03T12:05:09Z', 'Europe/Berlin')), '3 May 2026, 14:05 CEST');
  assert.equal(plain(formatTime('de', '2026-05-03T12:05:09Z', 'Europe/Berlin')), '3. Mai 2026, 14:05 MESZ');
  assert.equal(formatUtc('2026-05-03T12:05:09.123Z'), '2026-05-03 12:05:09 UTC');
});

test('digits of a digest stand in groups of four', () => {
  assert.equal(groupDigest('9f86d081884c'), '9f86 d081 884c');
  assert.equal(groupDigest('9f86d'), '9f86 d');
});

test('a text takes its arguments, its plural, and numbers as its language writes them', () => {
  const text = { one: '{count} unit', other: '{count} units' };
  assert.equal(fill('en', text, { count: 1 }), '1 unit');
  assert.equal(fill('en', text, { count: 1200 }), '1,200 units');
  assert.equal(fill('de', text, { count: 1200 }), '1.200 units');
  assert.equal(fill('en', 'Hello {name}', { name: '{count}' }), 'Hello {count}');
});

test('a text with a hole is never shown', () => {
  assert.throws(() => fill('en', 'Hello {name}'), /name/);
});
