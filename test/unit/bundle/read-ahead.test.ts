import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { RefusalError } from '../../../contract/result.ts';
import { openContent } from '../../../core/bundle/stored-content.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';

const CHUNK_BYTES = 64 * 1024;

test('REQ-OTA-USB-03 an image that is being written to a unit is held in memory one chunk at a time', async (t) => {
  const path = join(tempFolder(t), 'content');
  const bytes = Buffer.alloc(8 * CHUNK_BYTES, 7);
  writeFileSync(path, bytes);
  const content = { sha256: createHash('sha256').update(bytes).digest('hex'), lenBytes: bytes.length };
  for (const [changedChunk, isNoticed] of [
    [0, false],
    [1, true],
  ] as const) {
    writeFileSync(path, bytes);
    const chunks = openContent(path, content, { chunkBytes: CHUNK_BYTES });
    await chunks.next();
    // A change of what was read already is in no byte that is handed out; one of what comes next shows that it was not read ahead.
    const file = openSync(path, 'r+');
    writeSync(file, Buffer.alloc(1), 0, 1, changedChunk * CHUNK_BYTES);
    closeSync(file);
    const rest = (async () => {
      for await (const chunk of chunks) assert.equal(chunk[0], 7);
    })();
    if (isNoticed)
      await assert.rejects(rest, (error) => error instanceof RefusalError || error instanceof assert.AssertionError);
    else await rest;
  }
});
