import { resolve } from 'node:path';
import { run } from 'node:test';
import { projectRoot } from '../project-root.ts';
import type { Print } from './outcome-line.ts';
import { outcomeLine } from './outcome-line.ts';
import { TestTally } from './test-tally.ts';

/** A test that takes longer than this hangs; no test waits for real time. */
const HANGING_TEST_MS = 180_000;
const CONCURRENT_FILES = 2;

/**
 * Runs test files, each in a process of its own. Prints one line of counts, then the tests' notes, every skipped test with its reason and every
 * failure in full.
 * @param files paths from the project's root
 * @param hangingTestMs after which a test is given up
 */
export async function runTests(
  kind: string,
  files: readonly string[],
  print: Print,
  hangingTestMs = HANGING_TEST_MS,
): Promise<TestTally> {
  const startMs = performance.now();
  const tally = new TestTally(projectRoot);
  const absoluteFiles = files.map((file) => resolve(projectRoot, file));
  await runFiles(absoluteFiles, tally, hangingTestMs);
  tally.closeFiles(absoluteFiles);

  const counts = `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped in ${files.length} files`;
  print(outcomeLine(tally.failed === 0, kind, performance.now() - startMs, counts));
  for (const note of tally.notes) print(`    ${note}`);
  for (const skip of tally.skips) print(`    skipped: ${skip}`);
  for (const text of [...tally.failures, ...tally.outputOfFailedFiles()]) {
    print(text.trimEnd().replaceAll(/^/gm, '    '));
  }
  return tally;
}

async function runFiles(files: readonly string[], tally: TestTally, hangingTestMs: number): Promise<void> {
  const stream = run({ files, cwd: projectRoot, concurrency: CONCURRENT_FILES, timeout: hangingTestMs });
  stream.on('test:pass', (data) => tally.addResult(data, 'passed'));
  stream.on('test:fail', (data) => tally.addResult(data, 'failed'));
  stream.on('test:summary', (data) => tally.addSummary(data.file));
  stream.on('test:stdout', (data) => tally.addOutput(data.file, data.message));
  stream.on('test:stderr', (data) => tally.addOutput(data.file, data.message));
  // An error that comes after its test has ended is told here in words, and nowhere else.
  stream.on('test:diagnostic', (data) => tally.addDiagnostic(data.file, data.message));
  await new Promise<void>((done, fail) => {
    stream.on('end', done);
    stream.on('error', fail);
    stream.resume();
  });
}
