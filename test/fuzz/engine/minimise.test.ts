import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { writeCorpusFile } from './corpus-folder.ts';
import { coverWithFew, type CoveringFile } from './minimise.ts';
import { type FuzzOutcome, supervise } from './supervise.ts';

const file = (name: string, lenBytes: number, ...branches: readonly number[]): CoveringFile => {
  return { name, lenBytes, branches: new Set(branches) };
};

test('a corpus is covered by what adds most, and of equals by the shortest', () => {
  assert.deepEqual(coverWithFew([file('a', 9, 1, 2), file('b', 5, 1, 2), file('c', 1, 1), file('d', 3, 3)]), [
    'b',
    'd',
  ]);
});

test('a corpus loses a file that those taken after it made needless', () => {
  const greedy = [file('most', 1, 1, 2, 3, 4), file('left', 1, 1, 2, 5), file('right', 1, 3, 4, 6)];
  assert.deepEqual(coverWithFew(greedy), ['left', 'right']);
});

test('a corpus that adds nothing to the seeds is not needed', () => {
  assert.deepEqual(coverWithFew([file('a', 1), file('b', 2)]), []);
  assert.deepEqual(coverWithFew([]), []);
});

test('minimising keeps every branch that the corpus takes, with fewer and shorter files', async (t) => {
  const folder = tempFolder(t);
  const input = (word: string, ...rest: readonly number[]): Buffer =>
    Buffer.from([0x96, 0xf3, 0xb8, 0x3d, ...Buffer.from(word), ...rest]);
  const kept = [
    Buffer.from('short'),
    input('else', 0, 0, 0, 0),
    input('dryd', 0, 0, 0, 0),
    input('dryd', 255, 1, 1, 0),
  ];
  const surplus = [
    input('another word', 0, 0),
    Buffer.from('shorter'),
    Buffer.from('nothing of interest, and more of it'),
  ];
  const names = (inputs: readonly Buffer[]): string[] =>
    inputs.map((one) => writeCorpusFile(folder, one).slice(folder.length + 1)).sort();
  const wanted = names(kept);
  names(surplus);
  const run = (minimise: boolean): Promise<FuzzOutcome> =>
    supervise({
      targetUrl: new URL('toys/nested-magic.ts', import.meta.url).href,
      inputFolders: [folder],
      seconds: 0,
      seed: 1,
      minimise,
    });
  const before = await run(false);
  const { needed, failure } = await run(true);
  assert.equal(failure, null);
  assert.deepEqual(needed.toSorted(), wanted);
  for (const name of readdirSync(folder)) if (!needed.includes(name)) rmSync(join(folder, name));
  const after = await run(false);
  assert.equal(after.statistics?.branchesCovered, before.statistics?.branchesCovered);
});
