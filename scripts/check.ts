/**
 * `npm test`: every check of the house, then every kind of test, then one line that adds them up.
 *
 * `npm test -- unit/trust` runs only the test files whose path holds one of the given texts, and no checks.
 * Exit code 0 only where every check and every test passed and at least one test ran.
 */
import { existsSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { checks, windowPreparations } from './check/checks.ts';
import { runChecks } from './check/run-checks.ts';
import { findTestFiles, testKinds } from './check/test-files.ts';
import { runTests } from './check/run-tests.ts';

const wanted = process.argv.slice(2);
/** What tests and the programs that they kill leave in the folder of temporary files goes when all have ended. */
const temporary = mkdtempSync(join(tmpdir(), 'drydock-run-'));
for (const name of ['TMPDIR', 'TMP', 'TEMP']) process.env[name] = temporary;
const total = { passed: 0, failed: 0, skipped: 0 };
const failures: string[] = [];
/** A failure stands in full where it happened; at the end its beginning is enough. */
const REPEATED_LINES = 16;
/** A longer line holds data, as a fuzzed input. */
const REPEATED_CHARACTERS = 800;

if (wanted.length === 0) {
  console.log('Checks');
  total.failed += await runChecks(checks, print);
} else {
  console.log(`Only tests whose path holds ${wanted.join(' or ')}; no checks.`);
}

console.log('Tests');
let isWindowPrepared = false;
for (const kind of testKinds) {
  const files = findTestFiles(kind, wanted);
  if (files.length === 0) continue;
  if (!isWindowPrepared && (kind === 'renderer' || kind === 'e2e')) {
    total.failed += await runChecks(windowPreparations, print);
    isWindowPrepared = true;
  }
  const counts = await runTests(kind, files, print);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
  failures.push(...counts.failures);
}

if (total.passed + total.skipped + total.failed === 0) {
  console.log('No test ran, which counts as a failure.');
  total.failed += 1;
}
if (failures.length > 0) console.log('Failed tests, once more');
for (const text of failures) {
  for (const line of text.split('\n').slice(0, REPEATED_LINES)) print(`  ${line.slice(0, REPEATED_CHARACTERS)}`);
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
await removeTemporary();

function print(line: string): void {
  console.log(line);
}

/** A browser that is still ending writes into its folder once more, and makes it anew. */
async function removeTemporary(): Promise<void> {
  for (let round = 0; round < 10 && existsSync(temporary); round += 1) {
    await rm(temporary, { recursive: true, force: true, maxRetries: 3 });
    await delay(500);
  }
}
