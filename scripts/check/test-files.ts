import { globSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from '../project-root.ts';

/** The folders of test/ that hold test files, in the order in which they run. */
export const testKinds = ['unit', 'integration', 'conformance', 'fault', 'fuzz', 'renderer', 'e2e'] as const;
export type TestKind = (typeof testKinds)[number];

/**
 * Test files of one kind, as paths from the project's root, sorted.
 * @param wanted where not empty, only paths that hold one of these texts
 */
export function findTestFiles(kind: TestKind, wanted: readonly string[] = []): string[] {
  return findFiles(`test/${kind}`, wanted);
}

function findFiles(folder: string, wanted: readonly string[]): string[] {
  return globSync(`${folder}/**/*.test.ts`, { cwd: projectRoot })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => wanted.length === 0 || wanted.some((text) => path.includes(text)))
    .sort();
}

/** Tests that run inside a guest with a kernel of its own (`npm run test:hil`), not with `npm test`. */
const kernelTestFolder = 'test/hil/tests';

export function findKernelTestFiles(wanted: readonly string[] = []): string[] {
  return findFiles(kernelTestFolder, wanted);
}

/** Test files outside the known kinds: they would never run. */
export function findStrayTestFiles(): string[] {
  return globSync(join('**', '*.test.ts'), { cwd: projectRoot, exclude: (path) => path === 'node_modules' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter(
      (path) =>
        ![...testKinds.map((kind) => `test/${kind}`), kernelTestFolder].some((folder) => path.startsWith(`${folder}/`)),
    )
    .sort();
}
