import assert from 'node:assert/strict';
import { test } from 'node:test';
import { freshnessOf } from '../../../renderer/features/trust/crl-freshness.ts';
import { pairPackages } from '../../../renderer/features/trust/pair-packages.ts';
import { trustWords } from '../../../renderer/features/trust/words.ts';

const named = (...names: string[]) => names.map((name) => ({ name }));

test('REQ-OTA-SIG-05 each document of a trust package goes with the signature of its name, in the order of the versions', () => {
  const pairs = pairPackages(named('acme-10.json', 'acme-9.json', 'acme-11.json'), named('acme-9.p7s', 'acme-10.p7s'));
  assert.deepEqual(
    pairs.map(({ document, signature }) => [document.name, signature?.name ?? null]),
    [
      ['acme-9.json', 'acme-9.p7s'],
      ['acme-10.json', 'acme-10.p7s'],
      ['acme-11.json', null],
    ],
  );
});

test('a revocation list is due a week before its end, and has its age by the station’s clock', () => {
  const list = { thisUpdate: '2026-11-01T00:00:00Z', nextUpdate: '2026-12-01T00:00:00Z', isCurrent: true };
  const early = freshnessOf(list, '2026-11-23T23:59:59Z');
  assert.deepEqual(early, { mark: 'confirmed', word: trustWords.current, ageDays: 22 });
  assert.equal(freshnessOf(list, '2026-11-24T00:00:01Z').word, trustWords.dueSoon);
  assert.equal(freshnessOf({ ...list, isCurrent: false }, '2026-12-02T00:00:00Z').mark, 'refused');
});
