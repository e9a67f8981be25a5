import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { assetTagOf, readAssetTags } from '../../../cli/asset-tags.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

function read(t: TestContext, text: string): ReadonlyMap<string, string> {
  const path = join(tempFolder(t), 'tags.csv');
  writeFileSync(path, text);
  return readAssetTags(path);
}

const unit = { position: '1-2', serial: 'VU-0002', place: { name: 'Left', number: 2 } };

test('a list of asset tags is read as a spreadsheet or a scanner writes it', (t) => {
  const tags = read(t, '\uFEFFunit;asset-tag\r\n\r\n# Monday\r\nVU-0001 ; INF 1\r\n1-2\tINF-2\r\n3,INF-3');
  assert.deepEqual(
    [...tags],
    [
      ['VU-0001', 'INF 1'],
      ['1-2', 'INF-2'],
      ['3', 'INF-3'],
    ],
  );
});

test('a line that cannot be meant is named, and nothing is guessed', (t) => {
  for (const [text, what] of [
    ['VU-0001', /Line 1 .* is not like/],
    ['a,b\nVU-1,x,y', /Line 2 .* is not like/],
    [',INF-1', /Line 1/],
    ['VU-1,INF-\u00e9', /printable ASCII/],
    ['VU-1,A\nVU-1,B', /Line 2 .* names VU-1 a second time/],
  ] as const) {
    assert.throws(() => read(t, text), what);
  }
});

test('a unit has its tag by its serial or by its place, and one only', (t) => {
  for (const name of ['VU-0002', '1-2', '2', 'Left']) {
    assert.equal(assetTagOf(unit, read(t, `${name},INF-2\nVU-9,INF-9`)), 'INF-2', name);
  }
  assert.equal(assetTagOf(unit, read(t, 'VU-0002,INF-2\n1-2,INF-2')), 'INF-2');
  assert.throws(
    () => assetTagOf(unit, read(t, 'VU-0002,INF-2\n1-2,INF-3')),
    /several for VU-0002 at Left \(1-2\): INF-2, INF-3/,
  );
  assert.throws(() => assetTagOf(unit, read(t, 'VU-9,INF-9')), /none for VU-0002/);
});
