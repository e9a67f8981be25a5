import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { compareTable } from '../../../scripts/check/dependency-table.ts';
import { isAllowed } from '../../../scripts/check/licences.ts';
import { anchorsOfLinks, headingAnchors, linkTargets } from '../../../scripts/check/links.ts';
import { judgeLockFile } from '../../../scripts/check/lock-file.ts';

describe('licences', () => {
  for (const licence of ['MIT', 'MIT AND OFL-1.1', '(BSD-3-Clause OR GPL-2.0)', '(MIT OR GPL-3.0) AND ISC']) {
    test(`${licence} is allowed`, () => assert.equal(isAllowed(licence), true));
  }
  for (const licence of ['GPL-3.0', 'MIT AND GPL-2.0', '(GPL-2.0 OR AGPL-3.0)', 'UNLICENSED', '', 'SEE LICENSE IN x']) {
    test(`"${licence}" is refused`, () => assert.equal(isAllowed(licence), false));
  }
  test('what asks for its own files to stay open is allowed for tools, and not for what is shipped', () => {
    assert.equal(isAllowed('MPL-2.0', true), true);
    assert.equal(isAllowed('MPL-2.0', false), false);
    assert.equal(isAllowed('MIT AND GPL-3.0', true), false);
  });
});

describe('the lock file', () => {
  const integrity = 'sha512-AAAA';
  const judge = (packages: Parameters<typeof judgeLockFile>[0]['packages']) =>
    judgeLockFile({ lockfileVersion: 3, packages });

  test('passes where each package has a hash and no host', () => {
    assert.deepEqual(judge({ '': { dependencies: { a: '1.2.3' } }, 'node_modules/a': { integrity } }), []);
  });

  test('may not name where a package comes from', () => {
    assert.match(
      judge({ 'node_modules/a': { integrity, resolved: 'https://example.org/a.tgz' } }).join(),
      /example\.org/,
    );
  });

  test('must hold a hash for each package', () => {
    assert.match(judge({ 'node_modules/a': {} }).join(), /no integrity hash/);
  });

  test('must hold the optional packages of all platforms', () => {
    const wanting = { integrity, optionalDependencies: { 'a-win32': '1.0.0' } };
    assert.match(judge({ 'node_modules/a': wanting }).join(), /a-win32/);
    assert.deepEqual(judge({ 'node_modules/a': wanting, 'node_modules/a-win32': { integrity } }), []);
    assert.deepEqual(judge({ 'node_modules/a': wanting, 'node_modules/a/node_modules/a-win32': { integrity } }), []);
  });

  test('must come from exact versions', () => {
    assert.match(judge({ '': { devDependencies: { a: '^1.2.3' } } }).join(), /no exact version/);
    assert.deepEqual(judge({ '': { devDependencies: { a: 'npm:b@1.2.3' } } }), []);
  });

  test('of another version is not judged by these rules', () => {
    assert.match(judgeLockFile({ lockfileVersion: 2, packages: {} }).join(), /version 2/);
  });
});

test('links in documents are read without anchors, and outside ones are left alone', () => {
  const text = '[a](b.md) [c](../d.md#e) [f](https://example.org) [g](#h) ![i](j.png)';
  assert.deepEqual(linkTargets(text), ['b.md', '../d.md', 'j.png']);
});

test('a link to a heading is held against the headings of the document', () => {
  const text = '[a](b.md#the-way) [c](#here) [d](https://example.org/#there) [e](f.md)';
  assert.deepEqual(anchorsOfLinks(text), [
    { target: 'b.md', anchor: 'the-way' },
    { target: '', anchor: 'here' },
  ]);
  const headings = headingAnchors('# One\n\n```sh\n# no heading\n```\n\n## The `way`, to it (`x`)\n');
  assert.deepEqual([...headings], ['one', 'the-way-to-it-x']);
});

describe('the table of dependencies', () => {
  const document = '| Package | Version |\n| --- | --- |\n| `a` | 1.2.3 | MIT |\n';

  test('passes where it has each package in its version', () => {
    assert.deepEqual(compareTable({ a: '1.2.3' }, document), []);
    assert.deepEqual(compareTable({ a: 'npm:b@1.2.3' }, document), []);
  });

  test('must have each package, in its version, and no other', () => {
    assert.match(compareTable({ a: '1.2.3', c: '1.0.0' }, document).join(), /what c is for/);
    assert.match(compareTable({ a: '2.0.0' }, document).join(), /a 1\.2\.3, package\.json 2\.0\.0/);
    assert.match(compareTable({}, document).join(), /a, which is not used/);
  });
});
