import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { deflateRawSync } from 'node:zlib';
import { writeCorpusFile } from './corpus-folder.ts';
import { supervise } from './supervise.ts';
import { corpusFolder, crashFolder, targetUrl } from './target-folders.ts';

/** Seconds of new mutations per target; `DRYDOCK_FUZZ_SECONDS` asks for others, 0 for the corpus alone. */
const seconds = Number(process.env['DRYDOCK_FUZZ_SECONDS'] ?? 30);
/** Every run tries other inputs, unless `DRYDOCK_FUZZ_SEED` asks for those of an earlier one. */
const seed = Number(process.env['DRYDOCK_FUZZ_SEED'] ?? Date.now() % 2 ** 32);

/** Replays a target's seeds, corpus and former crashes, then runs new mutations; says what was done, and how to see a failure again. */
export async function fuzz(t: TestContext, target: string): Promise<void> {
  const inputFolders = [corpusFolder(target), crashFolder(target)];
  const { statistics, failure } = await supervise({ targetUrl: targetUrl(target), inputFolders, seconds, seed });
  if (failure !== null) {
    const path = writeCorpusFile(crashFolder(target), failure.input);
    assert.fail(
      [
        `fuzzing ${target} with seed ${seed} failed; see it again with: npm run fuzz -- ${target} --input ${path}`,
        `The input, deflated, in base64: ${deflateRawSync(failure.input).toString('base64')}`,
        failure.reason,
      ].join('\n'),
    );
  }
  assert.ok(statistics !== null && statistics.runs > 0, 'nothing was run');
  const { runs, branchesCovered, branches } = statistics;
  t.diagnostic(`note: fuzzed ${target}: ${runs} inputs, ${branchesCovered} of ${branches} branches, seed ${seed}`);
}
