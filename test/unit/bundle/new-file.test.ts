import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { NewFile, blockBuffers } from '../../../core/bundle/images/new-file.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const CHUNK_BYTES = 8192;

/** Writes `content` in chunks as the copy does, through buffers that are as they should be, or are not. */
async function write(path: string, content: Buffer, buffer: Buffer): Promise<void> {
  const file = NewFile.create(path);
  assert.ok(file.ok);
  try {
    for (let at = 0; at < content.length; at += CHUNK_BYTES) {
      const lenBytes = content.copy(buffer, 0, at, at + CHUNK_BYTES);
      assert.deepEqual(await file.value.append(buffer, lenBytes), { ok: true, value: undefined });
    }
    assert.deepEqual(await file.value.finish(), { ok: true, value: undefined });
  } finally {
    file.value.close();
  }
}

for (const lenBytes of [0, 1, 4095, 4096, 4097, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES + 17]) {
  test(`REQ-OTA-MAN-02 a file of ${lenBytes} bytes holds them and nothing else, whatever the disk's blocks are`, async (t) => {
    const content = Buffer.from(Array.from({ length: lenBytes }, (_, n) => (n * 31) % 255));
    const folder = tempFolder(t);
    const [direct] = blockBuffers(1, CHUNK_BYTES);
    assert.ok(direct);
    await write(join(folder, 'direct'), content, direct);
    assert.ok(readFileSync(join(folder, 'direct')).equals(content));
    // Memory that a disk does not take directly: then through the cache.
    const elsewhere = Buffer.alloc(CHUNK_BYTES + 1).subarray(1);
    await write(join(folder, 'through the cache'), content, elsewhere);
    assert.ok(readFileSync(join(folder, 'through the cache')).equals(content));
  });
}

test('REQ-OTA-MAN-03 a file that exists is not written to', (t) => {
  const path = join(tempFolder(t), 'file');
  writeFileSync(path, 'somebody’s');
  const file = NewFile.create(path);
  assert.equal(file.ok ? '' : file.code, 'station.storage-failed');
  assert.equal(readFileSync(path, 'utf8'), 'somebody’s');
});
