import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { RefusalError } from '../../../contract/result.ts';
import { BundleStore } from '../../../core/bundle/bundle-store.ts';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { sha256Of } from '../../helpers/test-bundle.ts';

const data = Buffer.from(Array.from({ length: 10_000 }, (_, n) => n % 256));
const content = { sha256: sha256Of(data), lenBytes: data.length };

function storeWith(t: TestContext, bytes: Uint8Array = data): { store: BundleStore; path: string; folder: string } {
  const folder = tempFolder(t);
  const store = new BundleStore(folder);
  const file = join(folder, 'incoming');
  writeFileSync(file, bytes);
  const sha256 = sha256Of(bytes);
  assert.deepEqual(store.adopt([{ path: file, sha256 }]), [sha256]);
  return { store, path: store.pathOf(sha256), folder };
}

/** The chunks that a reader got before the stream ended or was refused. */
async function drain(stream: AsyncIterable<Uint8Array>): Promise<{ bytes: Buffer; code: string }> {
  const chunks: Uint8Array[] = [];
  let code = 'complete';
  try {
    for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  } catch (error) {
    if (!(error instanceof RefusalError)) throw error;
    code = error.refusal.code;
  }
  return { bytes: Buffer.concat(chunks), code };
}

for (const chunkBytes of [1, 999, 5000, 10_000, 1 << 20]) {
  test(`REQ-OTA-MAN-02 streams a stored content in chunks of ${chunkBytes} bytes`, async (t) => {
    const { store } = storeWith(t);
    const { bytes, code } = await drain(store.open(content, chunkBytes));
    assert.equal(code, 'complete');
    assert.ok(bytes.equals(data));
  });
}

for (const at of [0, 4999, 9999]) {
  test(`REQ-OTA-MAN-02 never releases the last chunk of a content that was changed at byte ${at}`, async (t) => {
    const { store, path } = storeWith(t);
    const changed = Buffer.from(data);
    changed[at] = (changed[at] ?? 0) ^ 1;
    writeFileSync(path, changed);
    const { bytes, code } = await drain(store.open(content, 1000));
    assert.equal(code, 'bundle.stored-damaged');
    assert.equal(bytes.length, 9000);
  });
}

test('REQ-OTA-MAN-02 releases nothing of a content whose length changed', async (t) => {
  const { store, path } = storeWith(t);
  appendFileSync(path, 'x');
  assert.deepEqual(await drain(store.open(content)), { bytes: Buffer.alloc(0), code: 'bundle.stored-damaged' });
  truncateSync(path, 9999);
  assert.deepEqual(await drain(store.open(content)), { bytes: Buffer.alloc(0), code: 'bundle.stored-damaged' });
});

test('REQ-OTA-MAN-02 refuses a content that is shortened while it is read', async (t) => {
  const { store, path } = storeWith(t);
  const stream = store.open(content, 1000);
  await stream.next();
  truncateSync(path, 1500);
  assert.equal((await drain(stream)).code, 'bundle.stored-damaged');
});

test('REQ-OTA-MAN-02 refuses a content that is missing or a link', async (t) => {
  const { store, path, folder } = storeWith(t);
  renameSync(path, join(folder, 'elsewhere'));
  assert.equal((await drain(store.open(content))).code, 'bundle.stored-missing');
  assert.equal(store.has(content.sha256), false);
  if (process.platform === 'win32') return;
  symlinkSync(join(folder, 'elsewhere'), path);
  assert.equal((await drain(store.open(content))).code, 'station.storage-failed');
  rmSync(path);
  mkdirSync(path);
  assert.notEqual((await drain(store.open(content))).code, 'complete');
});

test('REQ-OTA-MAN-02 refuses a content that cannot be read', async (t) => {
  if (process.platform === 'win32' || process.getuid?.() === 0) {
    t.skip('needs a user whom file modes bind');
    return;
  }
  const { store, path } = storeWith(t);
  chmodSync(path, 0);
  assert.equal((await drain(store.open(content))).code, 'station.storage-failed');
});

test('REQ-OTA-MAN-02 reads a small content whole, and only below the limit', async (t) => {
  const { store } = storeWith(t);
  assert.deepEqual(await store.read(content, 10_000), { ok: true, value: data });
  const tooLong = await store.read(content, 9_999);
  assert.equal(tooLong.ok ? '' : tooLong.code, 'bundle.stored-damaged');
});

test('REQ-OTA-MAN-02 takes no name that is not a hash', (t) => {
  const { store } = storeWith(t);
  for (const name of ['../station.db', '', 'A'.repeat(64), `${'a'.repeat(64)}/x`]) {
    assert.throws(() => store.pathOf(name), TypeError);
  }
});

test('REQ-OTA-MAN-03 takes back what it moved in where a later file cannot be moved', (t) => {
  const folder = tempFolder(t);
  const store = new BundleStore(folder);
  const first = join(folder, 'first');
  writeFileSync(first, data);
  const files = [
    { path: first, sha256: content.sha256 },
    { path: join(folder, 'absent'), sha256: 'a'.repeat(64) },
  ];
  assert.throws(() => store.adopt(files), /ENOENT/);
  assert.deepEqual(store.list(), []);
});

test('REQ-OTA-MAN-03 keeps what was there before where a later file cannot be moved', (t) => {
  const { store, folder } = storeWith(t);
  const again = join(folder, 'again');
  writeFileSync(again, data);
  const files = [
    { path: again, sha256: content.sha256 },
    { path: join(folder, 'absent'), sha256: 'a'.repeat(64) },
  ];
  assert.throws(() => store.adopt(files), /ENOENT/);
  assert.deepEqual(store.list(), [content.sha256]);
});

test('REQ-OTA-MAN-02 what a content replaces is left beside where it came from, to be discarded with that', (t) => {
  const { store, path, folder } = storeWith(t);
  writeFileSync(path, 'damaged');
  const again = join(folder, 'again');
  writeFileSync(again, data);
  assert.deepEqual(store.adopt([{ path: again, sha256: content.sha256 }]), []);
  assert.ok(readFileSync(path).equals(data));
  assert.equal(readFileSync(`${again}.replaced`, 'utf8'), 'damaged');
  assert.deepEqual(store.list(), [content.sha256]);
});

test('REQ-OTA-MAN-02 finds at preflight that a stored content was changed', async (t) => {
  const { store, path } = storeWith(t);
  assert.deepEqual(await store.verify(content), { ok: true, value: undefined });
  writeFileSync(path, Buffer.alloc(data.length));
  const result = await store.verify(content);
  assert.equal(result.ok ? '' : result.code, 'bundle.stored-damaged');
});
