import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { readBoundedFile } from '../../../core/station/read-bounded-file.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

function outcomeOf(path: string, maxBytes = 8): string {
  const read = readBoundedFile(path, maxBytes, 'The policy');
  return read.ok ? read.value.toString() : `${read.code}: ${read.reason}`;
}

function fileOf(t: TestContext, content: string): string {
  const path = join(tempFolder(t), 'file');
  writeFileSync(path, content);
  return path;
}

test('REQ-OTA-POL-01 reads a chosen file whole, up to the very limit', (t) => {
  assert.equal(outcomeOf(fileOf(t, '12345678')), '12345678');
  assert.equal(outcomeOf(fileOf(t, '')), '');
});

test('REQ-OTA-POL-01 refuses a file of one byte more than allowed, and a huge one before it is read', (t) => {
  const path = fileOf(t, '123456789');
  assert.match(outcomeOf(path), /^station\.file-unreadable: The policy has 9 bytes or more; at most 8 are read/);
  truncateSync(path, 2 ** 40);
  assert.match(outcomeOf(path), /^station\.file-unreadable: The policy has 1099511627776 bytes/);
});

test(
  'REQ-OTA-POL-01 refuses a file that says it is empty and gives more than allowed',
  { skip: process.platform !== 'linux' && 'needs /proc' },
  () => {
    assert.match(outcomeOf('/proc/self/status'), /^station\.file-unreadable: The policy has 9 bytes or more/);
  },
);

test('REQ-OTA-POL-01 refuses folders, links and files that are not there', (t) => {
  const folder = tempFolder(t);
  assert.match(outcomeOf(join(folder, 'absent')), /^station\.file-unreadable: .*ENOENT/);
  mkdirSync(join(folder, 'folder'));
  assert.match(outcomeOf(join(folder, 'folder')), /^station\.file-unreadable/);
  if (process.platform === 'win32') return;
  writeFileSync(join(folder, 'real'), 'real');
  symlinkSync(join(folder, 'real'), join(folder, 'link'));
  assert.match(outcomeOf(join(folder, 'link')), /^station\.file-unreadable: The policy is a symbolic link/);
});

test(
  'REQ-OTA-POL-01 refuses a named pipe at once instead of waiting for a writer',
  { skip: process.platform === 'win32' && 'has no named pipes in folders' },
  (t) => {
    const pipe = join(tempFolder(t), 'pipe');
    execFileSync('mkfifo', [pipe]);
    // In a process of its own: where the open waits, nothing of this one would run any more.
    const module = new URL('../../../core/station/read-bounded-file.ts', import.meta.url).href;
    const program = `
    const { readBoundedFile } = await import(${JSON.stringify(module)});
    console.log(readBoundedFile(process.argv[1], 8, 'The policy').reason);`;
    const run = spawnSync(process.execPath, ['--input-type=module', '--eval', program, pipe], {
      encoding: 'utf8',
      timeout: 30_000,
    });
    assert.equal(run.stdout, 'The policy must be an ordinary file.\n', run.stderr);
  },
);
