import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { accept } from '../../../contract/result.ts';
import { ImageThread } from '../../../core/bundle/images/image-thread.ts';
import { VerifyingThreads } from '../../../core/bundle/images/verifying-threads.ts';
import { createInstallableBundles } from '../../../core/station/installable-bundles.ts';
import { imageFor, sha256Of } from '../../helpers/test-bundle.ts';
import { testStation } from '../../helpers/test-import.ts';
import { demoPki, signedImage, VirtualDepot } from '../../helpers/virtual-depot.ts';

/** Little-endian, at the start of every image (MCUboot docs/design.md, "Image format"). */
const MCUBOOT_MAGIC = Buffer.from('3db8f396', 'hex');

/** Changes one byte of a file without changing its length. */
function change(path: string, at: number): void {
  const fd = openSync(path, 'r+');
  writeSync(fd, 'changed', at);
  closeSync(fd);
}

/** An image in a store; `look` opens it and tells the verdict and how many threads were started for it. */
function storedImage(t: TestContext, bodyBytes: number) {
  const bytes = signedImage(2, { bodyBytes });
  const image = imageFor(bytes, { format: 'mcuboot', version: 2 });
  const { store, bundles, ports } = testStation(t);
  const path = store.pathOf(sha256Of(bytes));
  writeFileSync(path, bytes);
  const imageKeys = [createPublicKey(demoPki.imagePublicKey).export({ format: 'der', type: 'spki' })];
  const rulesFor = () => accept({ threshold: 1, anchors: null, revocation: null, imageKeys });
  let threads = 0;
  const startThread = () => {
    threads += 1;
    return new ImageThread();
  };
  const { verify: verifyBeside } = new VerifyingThreads({ most: 1, startThread });
  const installable = createInstallableBundles({ ...ports, store, bundles, rulesFor, verifyBeside });
  const look = async (): Promise<[verdict: string, threads: number]> => {
    const before = threads;
    const { signal } = new AbortController();
    const opened = await installable.openImage({ image, product: 'any', rawImageOffset: null, signal });
    return [opened.ok ? 'accepted' : opened.code, threads - before];
  };
  return { path, look };
}

test('REQ-OTA-MAN-02 a large stored image is verified in a thread, and refused where its file was changed', async (t) => {
  const { path, look } = storedImage(t, 5 << 20);
  assert.deepEqual(await look(), ['accepted', 1]);
  change(path, 4_500_000);
  assert.deepEqual(await look(), ['bundle.stored-damaged', 1]);
  rmSync(path);
  assert.deepEqual(await look(), ['bundle.stored-missing', 1]);
});

test('REQ-OTA-MAN-02 a small stored image is verified without one, and refused where its file was changed', async (t) => {
  const { path, look } = storedImage(t, 9000);
  assert.deepEqual(await look(), ['accepted', 0]);
  change(path, 5000);
  assert.deepEqual(await look(), ['bundle.stored-damaged', 0]);
});

test('REQ-OTA-MAN-02 an image that was changed in the store after its approval is not installed', async (t) => {
  const depot = await VirtualDepot.set(t);
  const digest = await depot.approved();
  const store = join(depot.folder, 'data', 'store');
  const stored = readdirSync(store).map((name) => join(store, name));
  const images = stored.filter((path) => readFileSync(path).subarray(0, 4).equals(MCUBOOT_MAGIC));
  assert.equal(images.length, 1);
  for (const path of images) change(path, 5000);
  const job = await depot.update(digest);
  assert.deepEqual([job.state, job.code], ['refused', 'bundle.stored-damaged']);
  assert.equal(job.checks.at(-1)?.name, 'stored-image');
});
