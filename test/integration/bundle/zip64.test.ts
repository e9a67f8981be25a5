import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { closeSync, openSync, readSync, statSync, truncateSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { openArchive } from '../../../core/bundle/archive/archive-reader.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

/** Python's own ZIP64 records around holes of 2.5 GiB each, so that the third file and the directory lie beyond 4 GiB. */
const python = `
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w', zipfile.ZIP_STORED) as archive:
    for name in ['images/a.bin', 'images/b.bin']:
        info = zipfile.ZipInfo(name)
        with archive.open(info, 'w', force_zip64=True) as entry:
            hole = 5 << 29
            archive.fp.seek(hole, 1)
            entry._file_size = hole
    archive.writestr('manifest.json', '{}')
`;

function makeSparse(t: TestContext): string | null {
  const path = join(tempFolder(t), 'sparse.bundle');
  if (spawnSync('python3', ['--version']).status !== 0) {
    t.skip('python3 is not installed');
    return null;
  }
  execFileSync('python3', ['-c', python, path]);
  return path;
}

async function outcome(path: string): Promise<string> {
  const archive = await openArchive(path);
  if (!archive.ok) return archive.code;
  archive.value.close();
  return 'accepted';
}

test('REQ-OTA-MAN-01 reads an archive beyond 4 GiB as Python writes it', async (t) => {
  const path = makeSparse(t);
  if (path === null) return;
  assert.ok(statSync(path).size > 5 * 2 ** 30);
  const archive = await openArchive(path);
  assert.ok(archive.ok, archive.ok ? '' : archive.reason);
  t.after(() => archive.value.close());
  const { entries } = archive.value;
  assert.deepEqual([...entries.keys()], ['images/a.bin', 'images/b.bin', 'manifest.json']);
  assert.equal(entries.get('images/b.bin')?.lenBytes, 5 * 2 ** 29);
  const manifest = entries.get('manifest.json');
  assert.ok(manifest !== undefined && manifest.headerAt > 2 ** 32);
  assert.deepEqual(await archive.value.readSmall(manifest), { ok: true, value: Buffer.from('{}') });
});

test('REQ-OTA-MAN-03 refuses an archive beyond 4 GiB that was cut off', async (t) => {
  const path = makeSparse(t);
  if (path === null) return;
  truncateSync(path, 2 ** 32 + 100);
  assert.equal(await outcome(path), 'bundle.archive-not-zip');
});

/** A number of a ZIP64 end record or of the locator, by the record's signature and the offset in it (APPNOTE §4.3.14–15). */
const changes: readonly [what: string, code: string, signature: number, offset: number, value: bigint][] = [
  ['a directory that starts elsewhere', 'bundle.archive-gap', 0x06064b50, 48, 1n],
  ['a directory of another length', 'bundle.archive-damaged', 0x06064b50, 40, 2n ** 40n],
  ['a count beyond every number', 'bundle.archive-damaged', 0x06064b50, 24, 2n ** 64n - 1n],
  ['an end record of another length', 'bundle.archive-damaged', 0x06064b50, 4, 45n],
  ['an end record that is said to be elsewhere', 'bundle.archive-gap', 0x07064b50, 8, 2n ** 63n],
];
for (const [what, code, signature, offset, value] of changes) {
  test(`REQ-OTA-MAN-03 refuses a ZIP64 archive with ${what}`, async (t) => {
    const path = makeSparse(t);
    if (path === null) return;
    const fd = openSync(path, 'r+');
    const tail = Buffer.alloc(98);
    const tailAt = statSync(path).size - tail.length;
    readSync(fd, tail, 0, tail.length, tailAt);
    const mark = Buffer.alloc(4);
    mark.writeUInt32LE(signature);
    const at = tail.indexOf(mark);
    assert.ok(at >= 0);
    tail.writeBigUInt64LE(value, at + offset);
    writeSync(fd, tail, 0, tail.length, tailAt);
    closeSync(fd);
    assert.equal(await outcome(path), code);
  });
}
