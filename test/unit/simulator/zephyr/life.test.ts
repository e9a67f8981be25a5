import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { DfuRequest, DfuState, DfuStatus } from '../../../../core/device/dfu/constants.ts';
import { openVirtualBench } from '../../../../simulator/virtual-bench.ts';
import { classOut, getStatus, POSITION, SERIAL, signedImage } from '../bench.ts';
import {
  dfuUtilDownload,
  enterDfu,
  generations,
  imageOkOf,
  newImage,
  open,
  openZephyr,
  plannedSwap,
  readSlot,
  RecordingClock,
  slot1,
  transferBytesOf,
  versionOf,
  type ZephyrBench,
} from './zephyr-bench.ts';

function makeFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-zephyr-'));
  context.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** Version and image_ok of the running slot, seen as a host sees them: by upload. */
async function readRunning(zephyr: ZephyrBench): Promise<[version: string, imageOk: number]> {
  const running = await readSlot(zephyr, await enterDfu(zephyr), zephyr.generation === 'next' ? 1 : 0);
  return [versionOf(running), imageOkOf(running)];
}

for (const generation of generations) {
  const slot0 = generation === 'next' ? { slot0Alternate: true } : {};

  test(`REQ-OTA-APP-03 zephyr-${generation}: trial boot after the power cycle; the application confirms itself, and it shows by upload only`, async () => {
    const zephyr = openZephyr(generation, slot0);
    await dfuUtilDownload(zephyr, await enterDfu(zephyr), newImage);
    zephyr.bench.bus.powerCycle(POSITION);
    assert.deepEqual(await readRunning(zephyr), ['2.0.0+7', 1]);
    zephyr.bench.bus.powerCycle(POSITION);
    assert.deepEqual(await readRunning(zephyr), ['2.0.0+7', 1]);
  });

  test(`REQ-OTA-APP-03 zephyr-${generation}: image_ok is unset until the self-test has ended`, async () => {
    const zephyr = openZephyr(generation, slot0);
    const description = { selfTestMs: 3_600_000 };
    const slow = signedImage({ version: '2.0.0+7', securityCounter: 2, bodyBytes: 9000, description });
    await dfuUtilDownload(zephyr, await enterDfu(zephyr), slow);
    zephyr.bench.bus.powerCycle(POSITION);
    assert.deepEqual(await readRunning(zephyr), ['2.0.0+7', 0xff]);
    zephyr.clock.advance(3_600_000);
    zephyr.bench.bus.powerCycle(POSITION);
    assert.deepEqual(await readRunning(zephyr), ['2.0.0+7', 1], 'it confirmed itself though nobody asked it anything');
  });

  test(`REQ-OTA-APP-03 zephyr-${generation}: an application that never confirms is reverted by the next power cycle`, async () => {
    const zephyr = openZephyr(generation, { ...slot0, confirms: 'never' });
    await dfuUtilDownload(zephyr, await enterDfu(zephyr), newImage);
    zephyr.bench.bus.powerCycle(POSITION);
    assert.deepEqual(await readRunning(zephyr), ['2.0.0+7', 0xff]);
    zephyr.bench.bus.powerCycle(POSITION);
    assert.deepEqual(await readRunning(zephyr), ['1.0.0+1', 1]);
  });

  test(`REQ-OTA-TST-01 zephyr-${generation}: a self-test that fails leaves the trial unconfirmed; by option the unit resets itself and reverts`, async () => {
    for (const [onFailure, version] of [
      ['wait', '2.0.0+7'],
      ['reset', '1.0.0+1'],
    ] as const) {
      const zephyr = openZephyr(generation, slot0);
      const description = { selfTests: [{ name: 'pump', passes: false, detail: 'stuck' }], onFailure };
      const sick = signedImage({ version: '2.0.0+7', securityCounter: 2, bodyBytes: 9000, description });
      await dfuUtilDownload(zephyr, await enterDfu(zephyr), sick);
      zephyr.bench.bus.powerCycle(POSITION);
      await zephyr.bench.bus.settle();
      assert.deepEqual(await readRunning(zephyr), [version, version === '1.0.0+1' ? 1 : 0xff]);
    }
  });

  test(`REQ-OTA-TST-01 zephyr-${generation}: a bad signature erases the whole staging slot, the old image boots, nothing is recorded`, async () => {
    const zephyr = openZephyr(generation, slot0);
    const bad = Buffer.from(newImage);
    bad.writeUInt8(bad.readUInt8(bad.length - 3) ^ 1, bad.length - 3);
    const last = await dfuUtilDownload(zephyr, await enterDfu(zephyr), bad);
    assert.equal(last.status, DfuStatus.OK);
    zephyr.bench.bus.powerCycle(POSITION);
    assert.deepEqual(await readRunning(zephyr), ['1.0.0+1', 1]);
    assert.ok(slot1(zephyr).every((byte) => byte === 0xff));
  });

  test(`REQ-OTA-VER-01 zephyr-${generation}: without downgrade prevention the older image is simply installed; with it, refused`, async () => {
    for (const [downgradePrevention, version] of [
      [false, '0.9.0+0'],
      [true, '1.0.0+1'],
    ] as const) {
      const zephyr = openZephyr(generation, { ...slot0, downgradePrevention });
      const older = signedImage({ version: '0.9.0+0', securityCounter: 0, bodyBytes: 9000 });
      await dfuUtilDownload(zephyr, await enterDfu(zephyr), older);
      zephyr.bench.bus.powerCycle(POSITION);
      assert.equal((await readRunning(zephyr))[0], version);
    }
  });

  test(`REQ-OTA-APP-04 zephyr-${generation}: a power cut at each tenth flash operation of an update leaves a unit that boots a whole image`, async () => {
    const counting = openZephyr(generation, slot0);
    const before = counting.unit.flash.operations;
    await dfuUtilDownload(counting, await enterDfu(counting), newImage);
    counting.bench.bus.powerCycle(POSITION);
    const operations = counting.unit.flash.operations - before;
    assert.ok(operations > 40, `${operations} operations`);
    for (let nth = 1; nth <= operations; nth += 10) {
      const zephyr = openZephyr(generation, slot0);
      zephyr.unit.arm({ kind: 'power-cut', flashOperation: nth, restoreAfterMs: 2000 });
      const dfu = await enterDfu(zephyr);
      await dfuUtilDownload(zephyr, dfu, newImage).catch((error: unknown) => {
        assert.match(String(error), /device disconnected/);
      });
      await zephyr.bench.bus.settle();
      zephyr.bench.bus.powerCycle(POSITION);
      await zephyr.bench.bus.settle();
      const [version, imageOk] = await readRunning(zephyr);
      assert.ok(version === '1.0.0+1' || version === '2.0.0+7', `cut at ${nth}: ${version}`);
      assert.equal(imageOk, 1, `cut at ${nth}`);
      assert.equal(zephyr.unit.faults.fired[0]?.kind, 'power-cut');
    }
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}: the next run finds the unit in DFU mode with its download half-way`, async (context) => {
    const folder = makeFolder(context);
    const first = openZephyr(generation, slot0, { folder });
    const dfu = await enterDfu(first);
    const blockBytes = transferBytesOf(generation);
    const half = 5 * blockBytes;
    for (let block = 0; block < 5; block += 1) {
      await classOut(dfu, DfuRequest.DNLOAD, block, newImage.subarray(block * blockBytes, (block + 1) * blockBytes));
      await getStatus(dfu);
      await getStatus(dfu);
    }
    await first.bench.close();
    const clock = new RecordingClock();
    const bench = openVirtualBench({ clock, folder });
    const second: ZephyrBench = { clock, bench, unit: bench.zephyr(SERIAL), generation };
    const device = await open(second);
    assert.deepEqual([device.productId, (await getStatus(device)).state], [0xffff, DfuState['dfuDNLOAD-IDLE']]);
    let block = 5;
    for (let offset = half; offset < newImage.length; offset += blockBytes) {
      await classOut(device, DfuRequest.DNLOAD, block, newImage.subarray(offset, offset + blockBytes));
      await getStatus(device);
      await getStatus(device);
      block += 1;
    }
    await classOut(device, DfuRequest.DNLOAD, block);
    await getStatus(device);
    await getStatus(device);
    assert.ok(slot1(second).subarray(0, newImage.length).equals(newImage), 'not a byte of the first run is missing');
    assert.equal(plannedSwap(second), 'test');
    bench.bus.powerCycle(POSITION);
    await bench.close();
    const third = openVirtualBench({ clock, folder });
    assert.equal(third.device(SERIAL).kind, `zephyr-${generation}`);
    assert.deepEqual(await readRunning({ clock, bench: third, unit: third.zephyr(SERIAL), generation }), [
      '2.0.0+7',
      1,
    ]);
    await third.close();
  });
}

test('REQ-OTA-APP-05 zephyr: a unit without a valid image never reaches the bus; a watchdog over a hanging one leads to the revert', async () => {
  const empty = openZephyr('legacy', {}, { empty: true });
  await empty.bench.bus.settle();
  assert.deepEqual(await empty.bench.bus.getDevices(), []);
  const hanging = signedImage({
    version: '2.0.0+7',
    securityCounter: 2,
    bodyBytes: 9000,
    description: { start: 'hang' },
  });
  const zephyr = openZephyr('legacy', { watchdogMs: 4000 });
  await dfuUtilDownload(zephyr, await enterDfu(zephyr), hanging);
  zephyr.bench.bus.powerCycle(POSITION);
  await zephyr.bench.bus.settle();
  assert.deepEqual(await readRunning(zephyr), ['1.0.0+1', 1]);
});

test('REQ-OTA-USB-02 zephyr: a detach and a reboot that a killed program left under way go on in the next run', async (context) => {
  for (const state of ['detach', 'reboot'] as const) {
    const folder = makeFolder(context);
    const first = openZephyr('legacy', { afterDownload: 'reboot' }, { folder });
    const memory = first.unit.saveMemory();
    await first.bench.close();
    const bench = openVirtualBench({ clock: new RecordingClock(), folder });
    const unit = bench.zephyr(SERIAL);
    bench.bus.unplug(POSITION);
    const dfu = {
      ...memory.dfu,
      ...(state === 'detach'
        ? { state: DfuState.appDETACH }
        : { state: DfuState['dfuMANIFEST-WAIT-RESET'], shows: 'dfu' as const }),
    };
    unit.restoreMemory({ ...memory, mode: 'application', dfu });
    bench.bus.plug(POSITION, unit);
    await bench.bus.settle();
    const [device] = await bench.bus.getDevices();
    assert.equal(device?.productId, state === 'detach' ? 0xffff : 0x0005);
    await bench.close();
  }
});
