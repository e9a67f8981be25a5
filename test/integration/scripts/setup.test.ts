import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, beforeEach, test } from 'node:test';

const projectRoot = dirname(dirname(dirname(import.meta.dirname)));
const base = mkdtempSync(join(tmpdir(), 'drydock-setup-'));
after(() => rmSync(base, { recursive: true }));

/** Stands in for npm: notes that it ran, and installs a Node and a database module as the real one would. */
const fakeNpm = `
import { appendFileSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
appendFileSync('npm-runs', process.argv.slice(2).join(' ') + '\\n');
if (existsSync('npm-fails')) process.exit(1);
rmSync('node_modules', { recursive: true, force: true });
mkdirSync('node_modules/node/bin', { recursive: true });
writeFileSync('node_modules/node/package.json', JSON.stringify({ version: process.versions.node, bin: { node: 'bin/node' } }));
if (!existsSync('npm-ignores-scripts')) symlinkSync(process.execPath, 'node_modules/node/bin/node');
mkdirSync('node_modules/better-sqlite3');
writeFileSync('node_modules/better-sqlite3/index.js', existsSync('database-broken')
  ? "throw new Error('wrong ELF class')"
  : 'module.exports = class { close() {} };');
`;

let folder: string;
let count = 0;
beforeEach(() => {
  count += 1;
  folder = join(base, String(count));
  mkdirSync(join(folder, 'scripts'), { recursive: true });
  cpSync(join(projectRoot, 'scripts', 'setup.mjs'), join(folder, 'scripts', 'setup.mjs'));
  cpSync(join(projectRoot, 'scripts', 'setup'), join(folder, 'scripts', 'setup'), { recursive: true });
  writeFileSync(join(folder, 'package-lock.json'), '{ "first": true }');
  writeFileSync(join(folder, 'fake-npm.mjs'), fakeNpm);
});

async function setUp(options: readonly string[] = []): Promise<{ status: number | null; output: string }> {
  const env = {
    ...process.env,
    npm_execpath: join(folder, 'fake-npm.mjs'),
    npm_node_execpath: process.execPath,
  };
  return await new Promise((done, fail) => {
    const child = spawn(process.execPath, [...options, 'scripts/setup.mjs'], { cwd: folder, env });
    let output = '';
    child.stdout.on('data', (text: Buffer) => (output += text.toString()));
    child.stderr.on('data', (text: Buffer) => (output += text.toString()));
    child.on('error', fail);
    child.on('close', (status) => done({ status, output }));
  });
}

function npmRuns(): number {
  const log = join(folder, 'npm-runs');
  return existsSync(log) ? readFileSync(log, 'utf8').trimEnd().split('\n').length : 0;
}

test('installs once, by the lock file', async () => {
  assert.equal((await setUp()).status, 0);
  assert.match(readFileSync(join(folder, 'npm-runs'), 'utf8'), /^ci /);
  const second = await setUp();
  assert.deepEqual([second.status, second.output, npmRuns()], [0, '', 1]);
});

test('installs again when the lock file has changed', async () => {
  await setUp();
  writeFileSync(join(folder, 'package-lock.json'), '{ "second": true }');
  await setUp();
  assert.equal(npmRuns(), 2);
});

test('installs again when the bundled Node is gone', async () => {
  await setUp();
  rmSync(join(folder, 'node_modules', 'node', 'bin', 'node'));
  await setUp();
  assert.equal(npmRuns(), 2);
});

test('installs again when the bundled Node does not run', async () => {
  await setUp();
  const node = join(folder, 'node_modules', 'node', 'bin', 'node');
  rmSync(node);
  writeFileSync(node, 'not a program', { mode: 0o755 });
  await setUp();
  assert.equal(npmRuns(), 2);
});

test('a failed installation fails the set-up and is tried again', async () => {
  writeFileSync(join(folder, 'npm-fails'), '');
  const failed = await setUp();
  assert.equal(failed.status, 1);
  assert.match(failed.output, /"npm ci" failed/);
  rmSync(join(folder, 'npm-fails'));
  assert.equal((await setUp()).status, 0);
  assert.equal(npmRuns(), 2);
});

test('says so where install scripts are switched off', async () => {
  writeFileSync(join(folder, 'npm-ignores-scripts'), '');
  const { status, output } = await setUp();
  assert.equal(status, 1);
  assert.match(output, /ignore-scripts/);
});

test('says so where the database module does not load, and leaves no stamp', async () => {
  writeFileSync(join(folder, 'database-broken'), '');
  const { status, output } = await setUp();
  assert.equal(status, 1);
  assert.match(output, /database module does not load.*wrong ELF class/s);
  assert.equal(existsSync(join(folder, 'node_modules', '.drydock-setup')), false);
});

test('two at once install once', async () => {
  const both = await Promise.all([setUp(), setUp()]);
  assert.deepEqual(
    both.map(({ status }) => status),
    [0, 0],
    JSON.stringify(both),
  );
  assert.equal(npmRuns(), 1);
  assert.equal(existsSync(join(folder, '.drydock-setup.lock')), false);
});

test('takes over the lock of a set-up that was killed', async () => {
  const dead = spawn(process.execPath, ['--version']);
  await new Promise((done) => dead.on('close', done));
  writeFileSync(join(folder, '.drydock-setup.lock'), `${hostname()} ${String(dead.pid)}\n`);
  assert.equal((await setUp()).status, 0);
  assert.equal(npmRuns(), 1);
});

test('refuses a Node that is too old in one sentence', async () => {
  const pretend = "data:text/javascript,Object.defineProperty(process.versions, 'node', { value: '18.20.0' })";
  const { status, output } = await setUp(['--import', pretend]);
  assert.equal(status, 1);
  assert.equal(output, 'Drydock needs Node 20 or newer to set itself up; this is Node 18.20.0.\n');
  assert.equal(npmRuns(), 0);
});
