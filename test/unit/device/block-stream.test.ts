import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { test } from 'node:test';
import { prefetch } from '../../../core/device/dfu/prefetch.ts';
import { splitBlocks } from '../../../core/device/dfu/split-blocks.ts';
import { openSession, streamChunks } from '../../helpers/scripted-dfu-session.ts';

async function collect(chunks: readonly Uint8Array[], lenBytes: number, blockBytes: number): Promise<Uint8Array[]> {
  const blocks: Uint8Array[] = [];
  for await (const block of splitBlocks(streamChunks(...chunks), lenBytes, blockBytes)) {
    assert.ok(block.ok);
    blocks.push(block.value);
  }
  return blocks;
}

test('REQ-OTA-USB-01 a block that lies whole within a chunk is sent from where it lies', async () => {
  const chunk = Uint8Array.from({ length: 200 }, (_, at) => at);
  const [first, second, third, last] = await collect([chunk], 200, 64);
  for (const [block, at] of [
    [first, 0],
    [second, 64],
    [third, 128],
  ] as const) {
    assert.equal(block?.buffer, chunk.buffer);
    assert.equal(block.byteOffset, at);
  }
  assert.deepEqual([...(last ?? [])], [192, 193, 194, 195, 196, 197, 198, 199]);
});

test('REQ-OTA-USB-01 whatever the chunks are, the blocks are the same bytes in the same sizes', async () => {
  const image = Uint8Array.from({ length: 333 }, (_, at) => at * 7);
  for (const chunkBytes of [1, 3, 63, 64, 65, 128, 200, 332, 333]) {
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < image.byteLength; at += chunkBytes) chunks.push(image.subarray(at, at + chunkBytes));
    const blocks = await collect([new Uint8Array(0), ...chunks], 333, 64);
    assert.deepEqual(
      blocks.map((block) => block.byteLength),
      [64, 64, 64, 64, 64, 13],
      `${chunkBytes}`,
    );
    assert.deepEqual(Buffer.concat(blocks), Buffer.from(image), `${chunkBytes}`);
  }
});

test('REQ-OTA-USB-01 shared memory is copied, since the USB package may not be given any', async () => {
  const shared = new Uint8Array(new SharedArrayBuffer(64)).fill(5);
  const [block] = await collect([shared], 64, 64);
  assert.ok(block?.buffer instanceof ArrayBuffer);
  assert.deepEqual([...block], Array(64).fill(5));
});

test('REQ-OTA-USB-01 the next block is read while the unit works on this one', async () => {
  const events: string[] = [];
  // eslint-disable-next-line @typescript-eslint/require-await -- a source that never waits
  async function* source(): AsyncGenerator<Uint8Array> {
    for (let number = 0; number < 3; number += 1) {
      events.push(`read ${number}`);
      yield new Uint8Array(64);
    }
  }
  const { session } = await openSession((transfer) => {
    if (transfer.name === 'DNLOAD') events.push(`send ${transfer.setup.value}`);
    return 'proper';
  });
  assert.ok((await session.download(1, { image: source(), lenBytes: 192, progress: () => undefined })).ok);
  assert.ok(events.indexOf('read 1') < events.indexOf('send 0'), events.join());
  assert.deepEqual(events.slice(-1), ['send 3']);
});

test('REQ-OTA-APP-04 a source that fails while the unit works is not an unhandled rejection, and is closed once', async () => {
  let closed = 0;
  async function* source(): AsyncGenerator<number> {
    try {
      yield 1;
      await Promise.reject(new Error('disk failure'));
    } finally {
      closed += 1;
    }
  }
  const seen: number[] = [];
  await assert.rejects(async () => {
    for await (const item of prefetch(source())) {
      await nextTurn();
      seen.push(item);
    }
  }, /disk failure/);
  assert.deepEqual([seen, closed], [[1], 1]);
});

test('REQ-OTA-APP-04 a reader that stops early closes its source, once what was asked for has come', async () => {
  let closed = 0;
  async function* source(): AsyncGenerator<number> {
    try {
      for (let item = 1; ; item += 1) {
        await nextTurn();
        yield item;
      }
    } finally {
      closed += 1;
    }
  }
  for await (const item of prefetch(source())) if (item === 2) break;
  assert.equal(closed, 1);
});
