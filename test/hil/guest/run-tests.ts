/** The guest's whole work: the tests of test/hil/tests, one file after the other, with what they came to in the results folder. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runTests } from '../../../scripts/check/run-tests.ts';
import { findKernelTestFiles } from '../../../scripts/check/test-files.ts';
import type { GuestOrder, GuestOutcome } from '../host/exchange.ts';

/** The whole of a station from the command line, on an emulated machine that is busy with other things. */
const HANGING_TEST_MS = 480_000;

const results = '/results';
// The host wrote this file a moment ago.
const { wanted } = JSON.parse(readFileSync(join(results, 'order.json'), 'utf8')) as GuestOrder;
const total = { passed: 0, failed: 0, skipped: 0 };
for (const file of findKernelTestFiles(wanted)) {
  // The host reads the console, and shows what comes on it as it comes.
  const print = (line: string): void => console.log(line);
  const { passed, failed, skipped } = await runTests(basename(file, '.test.ts'), [file], print, HANGING_TEST_MS);
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}
writeFileSync(join(results, 'outcome.json'), JSON.stringify(total satisfies GuestOutcome));
