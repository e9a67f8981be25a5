import type { CorpusFile } from './corpus-folder.ts';
import type { Coverage } from './coverage.ts';
import type { FuzzTarget } from './target.ts';

/** An input of the corpus and the branches that it takes, however often. */
export interface CoveringFile {
  readonly name: string;
  readonly lenBytes: number;
  readonly branches: ReadonlySet<number>;
}

/** The names of few files that together take every branch that all of them take and the target's seeds do not. */
export async function neededFiles(
  target: FuzzTarget,
  coverage: Coverage,
  files: readonly CorpusFile[],
): Promise<string[]> {
  const bySeeds = new Set<number>();
  for (const seed of target.seeds()) {
    for (const branch of await branchesOf(target, coverage, seed)) bySeeds.add(branch);
  }
  const covering: CoveringFile[] = [];
  for (const { name, input } of files) {
    const branches = await branchesOf(target, coverage, input);
    covering.push({ name, lenBytes: input.length, branches: new Set(branches.filter((one) => !bySeeds.has(one))) });
  }
  return coverWithFew(covering);
}

/**
 * A greedy set cover: again and again the file is taken that adds most, of equals the shortest. Then each is dropped, the longest first, that
 * the others have made needless. The names stand in the order in which the files were taken.
 */
export function coverWithFew(files: readonly CoveringFile[]): string[] {
  const left = new Set(files.flatMap(({ branches }) => [...branches]));
  const taken: CoveringFile[] = [];
  const shortestFirst = files.toSorted((a, b) => a.lenBytes - b.lenBytes);
  while (left.size > 0) {
    let best: CoveringFile | undefined;
    let mostAdded = 0;
    for (const file of shortestFirst) {
      const added = countIn(left, file.branches);
      if (added > mostAdded) [best, mostAdded] = [file, added];
    }
    if (best === undefined) throw new Error('no file takes the branches that are left');
    taken.push(best);
    for (const branch of best.branches) left.delete(branch);
  }
  return withoutNeedless(taken).map(({ name }) => name);
}

function withoutNeedless(taken: readonly CoveringFile[]): readonly CoveringFile[] {
  const kept = new Set(taken);
  for (const file of taken.toSorted((a, b) => b.lenBytes - a.lenBytes)) {
    const others = new Set([...kept].filter((other) => other !== file).flatMap(({ branches }) => [...branches]));
    if (countIn(others, file.branches) === file.branches.size) kept.delete(file);
  }
  return [...kept];
}

function countIn(some: ReadonlySet<number>, branches: ReadonlySet<number>): number {
  let count = 0;
  for (const branch of branches) if (some.has(branch)) count += 1;
  return count;
}

async function branchesOf(target: FuzzTarget, coverage: Coverage, input: Uint8Array): Promise<readonly number[]> {
  coverage.begin(false);
  await target.run(input);
  return coverage.taken();
}
