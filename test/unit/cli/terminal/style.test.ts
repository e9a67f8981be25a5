import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupedDigest, localTime, shortDigest } from '../../../../cli/terminal/style.ts';

const digest = 'bc2c5b3695d77e8bc72b0bf937fab17302d5360031f18eecc318c1d081f32b3e';

test('a digest is shown in groups of four, first and last eight', () => {
  assert.equal(shortDigest(digest), 'bc2c 5b36…81f3 2b3e');
});

test('a digest that people compare is shown whole, and pasted back it is the digest', () => {
  const grouped = groupedDigest(digest);
  assert.equal(grouped.split(' ').length, 16);
  assert.equal(grouped.replaceAll(' ', ''), digest);
});

test('a time is shown with its zone and on 24 hours', () => {
  assert.match(localTime('2026-11-22T00:05:09Z'), /\d{2}:05:09 \S+$/);
  assert.doesNotMatch(localTime('2026-11-22T13:05:09Z'), /AM|PM/);
});
