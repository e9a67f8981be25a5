import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { after, before, test } from 'node:test';
import { readAsar, unpackAsar, type AsarFile } from '../helpers/asar.ts';
import { tempFolder } from '../helpers/temp-folder.ts';
import { call, openWindow } from './window.ts';

const projectRoot = dirname(dirname(import.meta.dirname));
const folder = tempFolder({ after });
const unpacked = join(folder, 'out', 'linux-unpacked');
const archive = join(unpacked, 'resources', 'app.asar');
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
let files: readonly AsarFile[] = [];

/** A distribution of Electron of which nothing is true but its form, and the place of the fuses in its binary. */
function makeDistribution(dist: string): void {
  mkdirSync(join(dist, 'resources'), { recursive: true });
  const fuses = Buffer.concat([Buffer.from(sentinel), Buffer.from([1, 8]), Buffer.from('10110011')]);
  writeFileSync(join(dist, 'electron'), Buffer.concat([Buffer.from('no program '), fuses, Buffer.alloc(16)]), {
    mode: 0o755,
  });
  for (const name of ['version', 'LICENSE', 'LICENSES.chromium.html']) writeFileSync(join(dist, name), 'of a test');
}

before(() => {
  makeDistribution(join(folder, 'electron'));
  const packed = spawnSync(
    process.execPath,
    [
      join(projectRoot, 'node_modules', 'electron-builder', 'out', 'cli', 'cli.js'),
      ...['--linux', 'dir', '--publish', 'never'],
      `-c.electronDist=${join(folder, 'electron')}`,
      `-c.directories.output=${join(folder, 'out')}`,
    ],
    { cwd: projectRoot, encoding: 'utf8' },
  );
  assert.equal(packed.status, 0, packed.stdout + packed.stderr);
  files = readAsar(archive);
});

test('REQ-OTA-UI-02 the fuses of the packaged binary are as they must be', () => {
  const binary = readFileSync(join(unpacked, 'drydock'), 'latin1');
  const wire = binary.slice(binary.indexOf(sentinel) + sentinel.length + 2);
  const fuses = {
    runAsNode: wire[0],
    cookieEncryption: wire[1],
    nodeOptions: wire[2],
    nodeInspect: wire[3],
    asarIntegrity: wire[4],
    onlyFromAsar: wire[5],
    ownSnapshot: wire[6],
    filePrivileges: wire[7],
  };
  assert.deepEqual(fuses, {
    runAsNode: '0',
    cookieEncryption: '1',
    nodeOptions: '0',
    nodeInspect: '0',
    asarIntegrity: '1',
    onlyFromAsar: '1',
    ownSnapshot: '0',
    filePrivileges: '0',
  });
});

test('REQ-OTA-UI-02 the package holds the program and nothing of its making', () => {
  const own = files.map(({ path }) => path).filter((path) => !path.startsWith('node_modules/'));
  const rooms = new Set(own.map((path) => path.split('/')[0]));
  assert.deepEqual([...rooms].sort(), [
    'contract',
    'core',
    'demo',
    'main',
    'out',
    'package.json',
    'resources',
    'simulator',
  ]);
  for (const path of [
    'main/main.js',
    'out/preload/preload.cjs',
    'out/renderer/index.html',
    'out/licences.json',
    'core/bundle/images/image-worker.js',
  ]) {
    assert.ok(own.includes(path), path);
  }
  assert.deepEqual(
    files.filter(({ path }) => /\.(?:ts|map|svelte|tsbuildinfo)$|(?:^|\/)test\//.test(path)).map(({ path }) => path),
    [],
  );
  const tools = ['electron', 'playwright', 'vite', 'typescript', 'svelte', '@sparticuz', 'eslint'];
  assert.deepEqual(
    files.filter(({ path }) => tools.some((tool) => path.startsWith(`node_modules/${tool}/`))),
    [],
  );
  assert.ok(
    files.every(({ hasIntegrity, unpacked: beside }) => hasIntegrity || beside),
    'every file can be checked',
  );
  assert.deepEqual(
    new Set(files.filter(({ unpacked: beside }) => beside).map(({ path }) => path.slice(path.lastIndexOf('.')))),
    new Set(['.node']),
  );
  // Keys are those of the training vendor, which everybody has; and no path of the machine that built it.
  const keys = own.filter((path) => path.endsWith('.key'));
  assert.ok(
    keys.every((path) => path.startsWith('resources/demo/')),
    keys.join(', '),
  );
  for (const { path, read } of files.filter((file) => own.includes(file.path) && file.path.endsWith('js'))) {
    assert.ok(!read().includes(projectRoot), path);
  }
});

test('the packaged program runs: its workers, its resources and its database are found', async (t) => {
  const program = join(folder, 'program');
  unpackAsar(archive, program);
  const data = tempFolder(t);
  const opened = await openWindow(t, { folder: data, training: true, program });
  const begun = await call(opened.page, 'window.begin', {});
  assert.ok(begun.ok && begun.value.phase === 'open' && begun.value.training !== null, JSON.stringify(begun));
  const { password } = begun.value.training;
  assert.equal((await call(opened.page, 'session.login', { username: 'tom', password })).ok, true);
  opened.answer('open', [join(data, 'data-training', 'bundles', '1 pump 2.4.0.zip')]);
  const chosen = await call(opened.page, 'window.choose', { purpose: 'bundle', several: false });
  assert.ok(chosen.ok);
  const imported = await call(opened.page, 'bundle.import', { path: chosen.value[0]?.ticket ?? '' });
  assert.ok(imported.ok, JSON.stringify(imported));
  const about = await call(opened.page, 'window.about', {});
  assert.ok(about.ok && about.value.licences.some(({ name, text }) => name === 'svelte' && text.includes('MIT')));
  assert.equal(await opened.close(), 0);
});
