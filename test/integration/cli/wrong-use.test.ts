import assert from 'node:assert/strict';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { CommanderError } from 'commander';
import { createProgram } from '../../../cli/program.ts';
import { UsageError } from '../../../cli/usage-error.ts';
import { runCli } from '../../helpers/run-cli.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { CliBench } from './cli-bench.ts';

/** What a person gets wrong, and what must then stand in the answer. */
const mistakes: readonly (readonly [args: readonly string[], answer: RegExp])[] = [
  [['bundle', 'import', 'missing.zip'], /missing\.zip .*no such file/],
  [['trust', 'pin-anchor', 'missing.crt', '--label', 'x'], /missing\.crt .*no such file/],
  [['policy', 'install', 'missing.json', '--reason', 'x'], /missing\.json .*no such file/],
  [['bundle', 'inspect', 'missing.zip'], /missing\.zip .*no such file/],
  [['bundle', 'sign', 'missing.zip', 'out', '--external'], /missing\.zip .*no such file/],
  [['verify-report', 'missing.json'], /missing\.json .*no such file/],
  [['bundle', 'show', 'xyz'], /"xyz" is not a digest/],
  [['bundle', 'show', '000000'], /begins with 000000/],
  [['update', 'show', 'xyz'], /"xyz" is not a job/],
  [['update', 'list', '--limit', 'abc'], /whole number from 1 to 500/],
  [['simulator', 'create', 'new', '--units', '99'], /whole number from 1 to 16/],
  [
    ['simulator', 'create', 'new', '--kind', 'zephyr-9'],
    /choices are drydock, zephyr-2\.5, zephyr-legacy, zephyr-next/,
  ],
  [['approve', '000000', '--kind', 'downgrade'], /needs one --serial/],
  [['approve', '000000', '--kind', 'upgrade'], /choices are install, recovery, downgrade/],
  [
    ['operator', 'add', '--username', 'max', '--printed-name', 'X Y', '--role', 'king'],
    /technician, approver, auditor/,
  ],
  [['login', '--username', 'No Body'], /lower-case letter/],
  [['update', 'start', 'left!', '000000', '--work-order', 'W'], /position such as 1-2/],
];

test('what a person gets wrong is answered with a sentence that names it, before anything is asked or tried', async (t) => {
  const bench = await CliBench.set(t);
  bench.logIn('tom');
  t.mock.method(process.stderr, 'write', () => true);
  for (const [args, answer] of mistakes) {
    await assert.rejects(
      createProgram().parseAsync([...args, '--data', bench.data, '--stdin'], { from: 'user' }),
      (error) => {
        assert.ok(
          error instanceof UsageError || error instanceof CommanderError,
          `${args.join(' ')}: ${String(error)}`,
        );
        assert.match(error.message, answer);
        return true;
      },
    );
  }
});

test('a wrong command line has exit code 2, a sentence and no stack; with --json it is JSON', async (t) => {
  const folder = tempFolder(t);
  for (const args of [
    ['verify-report', 'none.json'],
    ['update', 'list', '--limit', 'abc'],
  ]) {
    const run = await runCli([...args, '--json', '--data', folder]);
    assert.equal(run.code, 2);
    assert.match(JSON.stringify(JSON.parse(run.out)), /^\{"wrongUse":\{"reason":"/);
    assert.doesNotMatch(run.out + run.err, /^ {4}at /m);
  }
});

test('REQ-OTA-USB-02 a mistyped bench folder is no empty bench, and units that are there are never mixed with new ones', async (t) => {
  const folder = tempFolder(t);
  const typo = join(folder, 'bensh');
  const missing = await runCli(['device', 'list', '--virtual-bench', typo, '--data', folder]);
  assert.equal(missing.code, 2);
  assert.match(missing.err, /no virtual bench in .*bensh/);
  assert.ok(!existsSync(typo));
  writeFileSync(join(folder, 'something'), '');
  const used = await runCli(['simulator', 'create', folder]);
  assert.equal(used.code, 2);
  assert.match(used.err, /not empty/);
});
