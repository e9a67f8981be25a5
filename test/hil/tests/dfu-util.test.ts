import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { tempFolder } from '../../helpers/temp-folder.ts';
import { codeOf, ignore, newImage, oldImage, signedImage, streamOf } from '../../integration/device/virtual-station.ts';
import { dfuUtil, unitAt } from '../guest/dfu-util.ts';
import { eventually } from '../guest/eventually.ts';
import { RealBench } from '../guest/real-bench.ts';

const STAGING = ['--alt', 'image-1'];

test('REQ-OTA-USB-02 dfu-util lists served units in run-time mode and in DFU mode, with names and serials', async (t) => {
  await RealBench.start(t, [{}, { isEmpty: true }]);
  const { text } = await dfuUtil('--list');
  assert.match(text, /Found Runtime: \[1209:0001\].*path="1-1", alt=0, name="DFU run-time", serial="VU-0001"/);
  assert.match(text, /Found DFU: \[1209:0002\].*path="1-2", alt=0, name="image-0", serial="VU-0002"/);
  assert.match(text, /Found DFU: \[1209:0002\].*path="1-2", alt=1, name="image-1", serial="VU-0002"/);
});

for (const [kind, attributes] of [
  ['that detaches itself', 0x0f],
  ['that waits for a bus reset', 0x07],
] as const) {
  test(`REQ-OTA-USB-02 dfu-util downloads to a unit ${kind}, uploads the same bytes, and resets it`, async (t) => {
    const real = await RealBench.start(t, [{ attributes }]);
    const folder = tempFolder(t);
    const [image, read] = [join(folder, 'new.bin'), join(folder, 'read.bin')];
    writeFileSync(image, newImage);
    const downloaded = await dfuUtil(...unitAt('1-1'), ...STAGING, '--download', image);
    assert.equal(downloaded.code, 0, downloaded.text);
    const uploaded = await dfuUtil(...unitAt('1-1'), ...STAGING, '--upload', read, '--reset');
    // With --reset dfu-util ends with 251 (LIBUSB_ERROR_NOT_FOUND) where the reset has made another device of the unit, as it shall.
    assert.ok([0, 251].includes(uploaded.code), uploaded.text);
    assert.match(uploaded.text, /Upload done/);
    const bytes = readFileSync(read);
    assert.ok(bytes.subarray(0, newImage.length).equals(newImage));
    assert.equal(bytes.length, 512 * 1024, 'the whole slot, by short frame');
    assert.ok(
      bytes.subarray(-4096).every((byte) => byte === 0xff),
      'erased behind the image',
    );
    await eventually(async () => (await real.list())[0]?.mode === 'runtime', 'the application after the reset');
  });
}

test('REQ-OTA-USB-02 what the station stages dfu-util uploads, and what dfu-util downloads the station reads back and starts', async (t) => {
  const real = await RealBench.start(t);
  const folder = tempFolder(t);
  const other = signedImage('3.0.0+0', 3);
  writeFileSync(join(folder, 'other.bin'), other);

  const first = await real.open();
  assert.equal(codeOf(await first.enterUpdateMode()), 'accepted');
  assert.equal(codeOf(await first.stage('application', streamOf(newImage), newImage.byteLength, ignore)), 'accepted');
  const kept = await dfuUtil(...unitAt('1-1'), ...STAGING, '--upload', join(folder, 'kept.bin'));
  assert.notEqual(kept.code, 0, 'the station holds the interface');
  await first.close();

  const read = await dfuUtil(...unitAt('1-1'), ...STAGING, '--upload', join(folder, 'read.bin'));
  assert.equal(read.code, 0, read.text);
  assert.ok(readFileSync(join(folder, 'read.bin')).subarray(0, newImage.length).equals(newImage));
  const running = await dfuUtil(...unitAt('1-1'), '--alt', '0', '--upload', join(folder, 'running.bin'));
  assert.equal(running.code, 0, running.text);
  assert.ok(readFileSync(join(folder, 'running.bin')).subarray(0, oldImage.length).equals(oldImage));
  const written = await dfuUtil(...unitAt('1-1'), ...STAGING, '--download', join(folder, 'other.bin'));
  assert.equal(written.code, 0, written.text);

  const second = await real.open();
  assert.equal(codeOf(await second.enterUpdateMode()), 'accepted');
  const chunks: Uint8Array[] = [];
  const readBack = await second.readBack('application', other.length, (bytes) => chunks.push(bytes.slice()), ignore);
  assert.equal(codeOf(readBack), 'accepted');
  assert.ok(Buffer.concat(chunks).equals(other));
  assert.equal(codeOf(await second.markPending('application')), 'accepted');
  assert.equal(codeOf(await second.reboot(60_000)), 'accepted');
  const state = await second.readState();
  assert.ok(state.ok);
  assert.equal(state.value.slots[0]?.counter, 3);
  await second.close();
});

test('REQ-OTA-APP-01 dfu-util cannot write to the running slot either', async (t) => {
  await RealBench.start(t, [{ isEmpty: true }]);
  const image = join(tempFolder(t), 'new.bin');
  writeFileSync(image, newImage);
  const { code, text } = await dfuUtil(...unitAt('1-1'), '--alt', 'image-0', '--download', image);
  assert.notEqual(code, 0);
  assert.match(text, /errADDRESS|errTARGET|errWRITE|address|status/i);
});
