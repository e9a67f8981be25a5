import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';

const folder = mkdtempSync(join(tmpdir(), 'drydock-tally-'));
after(() => rmSync(folder, { recursive: true }));

const sample = join(folder, 'sample.test.ts');
const runTestsUrl = pathToFileURL(join(import.meta.dirname, '../../../scripts/check/run-tests.ts')).href;

const program = join(folder, 'run.mjs');
writeFileSync(
  program,
  `const { runTests } = await import(${JSON.stringify(runTestsUrl)});
   const lines = [];
   const { passed, failed, skipped } = await runTests('sample', [${JSON.stringify(sample)}], (line) => lines.push(line));
   console.log(JSON.stringify({ passed, failed, skipped, lines: lines.join('\\n') }));`,
);

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly lines: string;
}

/** Runs one test file as `npm test` does; in a process of its own, since Node's runner does not run inside a test. */
function tallyOf(body: string): Outcome {
  writeFileSync(sample, `import { describe, test, before } from 'node:test';\n${body}\n`);
  const env = { ...process.env };
  delete env['NODE_TEST_CONTEXT'];
  const { stdout, stderr } = spawnSync(process.execPath, [program], {
    encoding: 'utf8',
    env,
  });
  assert.equal(stderr, '');
  return JSON.parse(stdout) as Outcome;
}

function assertCounts({ passed, failed, skipped, lines }: Outcome, expected: readonly number[]): void {
  assert.deepEqual([passed, failed, skipped], expected, lines);
}

test('counts tests that pass, and sub-tests, but no suites', () => {
  assertCounts(tallyOf("test('a', () => {}); describe('s', () => { test('b', () => {}); });"), [2, 0, 0]);
});

test('counts a failing test once and shows its error in full', () => {
  const outcome = tallyOf("describe('s', () => { test('b', () => { throw new Error('boom'); }); });");
  assertCounts(outcome, [0, 1, 0]);
  assert.match(outcome.lines, /sample\.test\.ts:2 b\n.*boom/);
});

test('shows each skipped test with its reason, and counts what is to do as skipped', () => {
  const outcome = tallyOf(
    "test('a', { skip: 'no openssl here' }, () => {}); test('b', { todo: 'later' }, () => { throw 1; });",
  );
  assertCounts(outcome, [0, 0, 2]);
  assert.match(outcome.lines, /a: no openssl here/);
  assert.match(outcome.lines, /b: to do: later/);
});

test('shows what a passing test notes, and no other diagnostics', () => {
  const { lines } = tallyOf("test('a', (t) => { t.diagnostic('note: 7 inputs'); t.diagnostic('chatter'); });");
  assert.match(lines, /^ {4}7 inputs$/m);
  assert.doesNotMatch(lines, /chatter/);
});

test('a file that crashes while it loads is a failure, with its output', () => {
  const outcome = tallyOf("throw new Error('no such fixture');");
  assertCounts(outcome, [0, 1, 0]);
  assert.match(outcome.lines, /no such fixture/);
});

test('a file whose process ends in the middle is a failure, even with exit code 0', () => {
  assertCounts(tallyOf("test('a', () => {}); test('b', async () => { process.exit(0); });"), [0, 1, 0]);
});

test('a file without a test is a failure', () => {
  assertCounts(tallyOf("console.log('nothing');"), [0, 1, 0]);
});

test('a process that is killed is a failure', () => {
  assertCounts(tallyOf("test('a', () => { process.kill(process.pid, 'SIGKILL'); });"), [0, 1, 0]);
});

test('an error after the end of its test is a failure', () => {
  const outcome = tallyOf("test('a', () => { setImmediate(() => { throw new Error('late'); }); });");
  assert.equal(outcome.failed, 1, outcome.lines);
  assert.match(outcome.lines, /late/);
});

test('a hook that fails is a failure', () => {
  const outcome = tallyOf(
    "describe('s', () => { before(() => { throw new Error('no set-up'); }); test('a', () => {}); });",
  );
  assert.ok(outcome.failed > 0, outcome.lines);
  assert.match(outcome.lines, /no set-up/);
});
