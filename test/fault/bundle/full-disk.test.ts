import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { sha256Of } from '../../helpers/test-bundle.ts';

const child = fileURLToPath(new URL('./copy-child.ts', import.meta.url));
const MIB = 1 << 20;
const content = Buffer.alloc(6 * MIB + 5, 'firmware');

/** Copies under a limit of the system; the last words are the program's. */
function copyUnder(limit: string, folder: string): string {
  writeFileSync(join(folder, 'source'), content);
  const command = `${limit} && exec "$0" "$@"`;
  const args = ['-c', command, process.execPath, child, join(folder, 'source'), join(folder, 'target')];
  return execFileSync('/bin/sh', args, { encoding: 'utf8' });
}

test('REQ-OTA-MAN-03 a copy that the system stops half-way is refused, and ends', (t) => {
  if (process.platform === 'win32') {
    t.skip('needs ulimit');
    return;
  }
  const folder = tempFolder(t);
  // In blocks of 512 bytes: 3 MiB, so that some writes succeed before one does not.
  assert.equal(copyUnder('ulimit -f 6144', folder), 'station.storage-failed');
});

test('REQ-OTA-MAN-02 without that limit the same copy is complete', (t) => {
  const folder = tempFolder(t);
  assert.equal(copyUnder('true', folder), sha256Of(content));
  assert.ok(readFileSync(join(folder, 'target')).equals(content));
});

test('REQ-OTA-MAN-03 a copy onto a disk that becomes full says so', (t) => {
  const folder = tempFolder(t);
  const script = `mount -t tmpfs -o size=4m tmpfs '${folder}/small' && exec "$0" "$@"`;
  execFileSync('mkdir', [join(folder, 'small')]);
  writeFileSync(join(folder, 'source'), content);
  const args = [
    '-m',
    '/bin/sh',
    '-c',
    script,
    process.execPath,
    child,
    join(folder, 'source'),
    `${folder}/small/target`,
  ];
  const run = spawnSync('unshare', args, { encoding: 'utf8' });
  if (run.error !== undefined || run.stdout === '') {
    t.skip('needs the right to mount a small disk (unshare -m)');
    return;
  }
  assert.equal(run.stdout, 'station.disk-full');
});
