import type { CorpusFile } from './corpus-folder.ts';
import type { Coverage } from './coverage.ts';
import type { FuzzTarget } from './target.ts';

/** Of files in an order of preference (shortest first), the names of those that do something that the target's seeds and the files before do not. */
export async function neededFiles(
  target: FuzzTarget,
  coverage: Coverage,
  files: readonly CorpusFile[],
): Promise<string[]> {
  for (const seed of target.seeds()) await runOnce(target, coverage, seed);
  const needed: string[] = [];
  for (const { name, input } of files) {
    if ((await runOnce(target, coverage, input)) > 0) needed.push(name);
  }
  return needed;
}

async function runOnce(target: FuzzTarget, coverage: Coverage, input: Uint8Array): Promise<number> {
  coverage.begin(false);
  await target.run(input);
  return coverage.learn();
}
