import assert from 'node:assert/strict';
import { closeSync, openSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { ImageThread } from '../../../core/bundle/images/image-thread.ts';
import type { ReceiveImages } from '../../../core/bundle/images/image-thread.ts';
import type { ImageToReceive } from '../../../core/bundle/images/receive-image.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { imageFor, sha256Of } from '../../helpers/test-bundle.ts';

const data = Buffer.from(Array.from({ length: 3_000_000 }, (_, n) => (n * 7) % 256));

/** A file of nothing but the image, as if it were a stored entry. */
function requestFor(t: TestContext, changes: Partial<ImageToReceive> = {}): ImageToReceive {
  const folder = tempFolder(t);
  const path = join(folder, 'archive');
  writeFileSync(path, data);
  const fd = openSync(path, 'r');
  t.after(() => closeSync(fd));
  return {
    file: { fd, lenBytes: data.length },
    entry: {
      name: 'images/app.bin',
      method: 'stored',
      packedBytes: data.length,
      lenBytes: data.length,
      crc32: 0xb6552d83,
      headerAt: 0,
      hasDescriptor: false,
      dataAt: 0,
    },
    image: imageFor(data),
    imageKeys: [],
    target: join(folder, 'image-0'),
    ...changes,
  };
}

/** In a thread that is ended afterwards. */
const receiveImagesInWorker: ReceiveImages = async (...request) => {
  const thread = new ImageThread();
  try {
    return await thread.receive(...request);
  } finally {
    await thread.end();
  }
};

async function outcome(requests: readonly ImageToReceive[], signal?: AbortSignal): Promise<string> {
  const result = await receiveImagesInWorker(requests, () => undefined, signal);
  return result.ok ? 'accepted' : result.code;
}

test('REQ-OTA-MAN-02 copies in a worker thread, tells the progress of all images, and refuses what differs', async (t) => {
  const request = requestFor(t);
  const second = { ...request, target: `${request.target}-again` };
  const seen: number[] = [];
  const result = await receiveImagesInWorker([request, second], (doneBytes) => seen.push(doneBytes));
  assert.deepEqual(result, { ok: true, value: undefined });
  assert.ok(readFileSync(request.target).equals(data));
  assert.ok(readFileSync(second.target).equals(data));
  assert.deepEqual(
    seen,
    seen.toSorted((a, b) => a - b),
  );
  assert.equal(seen.at(-1), 2 * data.length);

  const other = requestFor(t, { image: imageFor(data, { hash: sha256Of(Buffer.from('x')) }) });
  assert.equal(await outcome([other]), 'bundle.image-hash');
});

test('REQ-OTA-MAN-03 stops at the first refusal', async (t) => {
  const good = requestFor(t);
  const bad = requestFor(t, { image: imageFor(data, { hash: 'a'.repeat(64) }) });
  assert.equal(await outcome([bad, good]), 'bundle.image-hash');
  assert.throws(() => statSync(good.target), /ENOENT/);
});

test('REQ-OTA-MAN-03 refuses where the medium ends while it is copied', async (t) => {
  const request = requestFor(t);
  truncateSync(join(request.target, '..', 'archive'), 1_500_000);
  assert.equal(await outcome([request]), 'bundle.archive-damaged');
});

test('REQ-OTA-MAN-03 refuses where quarantine cannot be written', async (t) => {
  const request = requestFor(t);
  assert.equal(await outcome([{ ...request, target: join(request.target, 'no', 'folder') }]), 'station.storage-failed');
  writeFileSync(request.target, 'somebody was here before');
  assert.equal(await outcome([request]), 'station.storage-failed');
});

test('REQ-OTA-MAN-03 stops when it is cancelled', async (t) => {
  const request = requestFor(t);
  assert.equal(await outcome([request], AbortSignal.abort()), 'bundle.import-cancelled');
  const controller = new AbortController();
  const running = receiveImagesInWorker([request], () => controller.abort(), controller.signal);
  const result = await running;
  assert.equal(result.ok ? '' : result.code, 'bundle.import-cancelled');
});

test('REQ-OTA-MAN-03 fails loudly where the worker meets a bug', async (t) => {
  const request = requestFor(t, { imageKeys: [Buffer.from('no key')] });
  const image = imageFor(data, { sig: { algorithm: 'ed25519', key: sha256Of(Buffer.from('no key')), value: '' } });
  await assert.rejects(outcome([{ ...request, image }]));
});

test('REQ-OTA-MAN-03 a thread that was ended takes no image any more, and nobody needs to hear of its end', async (t) => {
  const request = requestFor(t);
  const thread = new ImageThread();
  await thread.end();
  await thread.end();
  await assert.rejects(
    thread.receive([request], () => undefined),
    /ended without a verdict/,
  );
  assert.throws(() => statSync(request.target), /ENOENT/);
});
