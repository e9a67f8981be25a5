import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ComponentLine } from '../../../../contract/schema/bundle-comparison.ts';
import { compareComponents, MOST_LINES } from '../../../../core/bundle/compare/compare-components.ts';
import { listComponents, type SbomComponent } from '../../../../core/bundle/compare/sbom-components.ts';
import { compareComponentsInWorker } from '../../../../core/bundle/documents/document-thread.ts';
import { BUNDLE_LIMITS } from '../../../../core/bundle/limits.ts';

const component = (name: string, version: string | null, licence: string | null = 'MIT'): SbomComponent => ({
  ...{ key: `name:${name}`, name, version, licence },
});
const tell = ({ name, change, from, to }: ComponentLine) =>
  `${change} ${name} ${from?.version ?? '-'} ${to?.version ?? '-'}`;

test('a new version, another licence, what is new, what is gone and what stays are told apart, changes first', () => {
  const before = [
    component('zlib', '1.2'),
    component('gone', '1'),
    component('mbedtls', '3.5'),
    component('kept', '2'),
  ];
  const after = [
    component('zlib', '1.3'),
    component('new', null),
    component('mbedtls', '3.5', 'Apache-2.0'),
    component('kept', '2'),
  ];
  const { lines, counts, omitted } = compareComponents(before, after);
  assert.deepEqual(lines.map(tell), [
    'added new - -',
    'removed gone 1 -',
    'version zlib 1.2 1.3',
    'licence mbedtls 3.5 3.5',
    'same kept 2 2',
  ]);
  assert.deepEqual(lines[3]?.from, { version: '3.5', licence: 'MIT' });
  assert.deepEqual(counts, { added: 1, removed: 1, version: 1, licence: 1, same: 1, listed: 0 });
  assert.equal(omitted, 0);
});

test('where a component is there in several versions, only what is on one side is added or removed', () => {
  const before = [component('a', '1'), component('a', '2')];
  const after = [component('a', '2'), component('a', '3'), component('a', '4')];
  assert.deepEqual(compareComponents(before, after).lines.map(tell), [
    'added a - 3',
    'added a - 4',
    'removed a 1 -',
    'same a 2 2',
  ]);
});

test('without another bundle it is a list', () => {
  assert.deepEqual(compareComponents(null, [component('b', '1'), component('a', '2')]).lines.map(tell), [
    'listed a - 2',
    'listed b - 1',
  ]);
});

test('the first 10 000 lines are given, and how many more there are', () => {
  const many = Array.from({ length: MOST_LINES + 5 }, (_, n) => component(`c${n}`, '1'));
  const { lines, omitted, counts } = compareComponents([component('c1', '0')], many);
  assert.deepEqual([lines.length, omitted, counts.added, counts.version], [MOST_LINES, 5, MOST_LINES + 4, 1]);
});

const anyComponents = fc.array(
  fc
    .record({
      name: fc.constantFrom('a', 'b', 'c', '__proto__'),
      version: fc.constantFrom(null, '1', '2', '3'),
      licence: fc.constantFrom(null, 'MIT', 'GPL-2.0-only'),
    })
    .map(({ name, version, licence }) => component(name, version, licence)),
  { maxLength: 12 },
);

test('for any two lists: nothing is lost, order does not count, and turned round added is removed', () => {
  fc.assert(
    fc.property(anyComponents, anyComponents, (before, after) => {
      const { lines, counts } = compareComponents(before, after);
      assert.deepEqual(compareComponents(before.toReversed(), after.toReversed()), compareComponents(before, after));
      const pairs = (list: readonly SbomComponent[]) =>
        new Set(list.map(({ key, version }) => `${key} ${version}`)).size;
      assert.equal(lines.filter(({ from }) => from !== null).length, pairs(before));
      assert.equal(lines.filter(({ to }) => to !== null).length, pairs(after));
      const turned = compareComponents(after, before).counts;
      assert.deepEqual(turned, { ...counts, added: counts.removed, removed: counts.added });
      const self = compareComponents(after, after).counts;
      assert.deepEqual([self.same, self.licence, self.version], [pairs(after), 0, 0]);
    }),
    { seed: 20261129, numRuns: 400 },
  );
});

const sbom = (...components: unknown[]) => ({
  file: 'documents/sbom.json',
  bytes: Buffer.from(JSON.stringify({ bomFormat: 'CycloneDX', specVersion: '1.6', components })),
});

test('a component is the same whatever its version: by package URL, or by group and name', () => {
  const listed = listComponents([
    sbom(
      { name: 'core', group: '@angular', version: '1', purl: 'pkg:npm/%40angular/core@1.0.0?arch=x#sub/p@th' },
      { name: 'core', purl: 'pkg:npm/@scope/core' },
      { name: 'zlib', group: 'net', licenses: [{ license: { id: 'Zlib' } }, { expression: 'MIT OR BSD-2-Clause' }] },
      {
        name: 'x'.repeat(300),
        version: '',
        licenses: [{ expression: 'NOASSERTION' }],
        components: [{ name: 'inner' }],
      },
    ),
  ]);
  assert.ok(listed.ok);
  assert.deepEqual(
    listed.value.map(({ key, name, version, licence }) => [key.slice(0, 30), name.length, version, licence]),
    [
      [`name:${'x'.repeat(25)}`, 200, null, null],
      ['name:inner', 5, null, null],
      ['name:net/zlib', 8, null, 'Zlib, MIT OR BSD-2-Clause'],
      ['pkg:npm/@scope/core', 4, null, null],
      ['pkg:npm/%40angular/core', 13, '1', null],
    ],
  );
});

test('REQ-OTA-MAN-03 more components than can be compared are refused, over all SBOMs of the bundle together', async () => {
  const half = sbom(...Array.from({ length: BUNDLE_LIMITS.comparedComponents / 2 + 1 }, (_, n) => ({ name: `c${n}` })));
  assert.ok(listComponents([half]).ok);
  const refused = await compareComponentsInWorker([half], [half, half]);
  assert.equal(refused.ok ? 'accepted' : refused.code, 'bundle.sbom-too-many');
  const compared = await compareComponentsInWorker(null, [half]);
  assert.ok(compared.ok && compared.value.counts.listed === BUNDLE_LIMITS.comparedComponents / 2 + 1);
});
