import assert from 'node:assert/strict';
import test from 'node:test';
import { DfuRequest, DfuState, DfuStatus } from '../../../../core/device/dfu/constants.ts';
import { writePadded } from '../../../../simulator/board.ts';
import { SeededRandom } from '../../../../simulator/seeded-random.ts';
import { classIn, classOut, getStatus, POSITION, SERIAL, signedImage } from '../bench.ts';
import {
  dfuUtilDownload,
  dfuUtilUpload,
  enterDfu,
  generations,
  GOOD_MAGIC,
  imageOkOf,
  magicOf,
  newImage,
  NO_MAGIC,
  open,
  openZephyr,
  plannedSwap,
  readSlot,
  SECTOR_BYTES,
  slot1,
  SLOT_BYTES,
  transferBytesOf,
  versionOf,
  type ZephyrBench,
} from './zephyr-bench.ts';

const noise = Buffer.from(new SeededRandom(7).bytes(5000));
const legacies = ['2.5', 'legacy'] as const;

/** An image as `imgtool sign --pad --confirm` leaves it: the whole slot, with a trailer that says it is permanent. */
function padConfirmed(image: Buffer): Buffer {
  const padded = Buffer.alloc(SLOT_BYTES, 0xff);
  image.copy(padded);
  padded.writeUInt8(0x01, SLOT_BYTES - 24);
  Buffer.from(GOOD_MAGIC, 'hex').copy(padded, SLOT_BYTES - 16);
  return padded;
}

/** Puts an image into slot 1 that nobody has marked. */
function refill(zephyr: ZephyrBench, image: Buffer): void {
  const { area } = zephyr.unit.board.loader.secondary;
  area.eraseAll();
  writePadded(area, image);
}

for (const generation of generations) {
  test(`REQ-OTA-USB-02 zephyr-${generation}, trap 1: random data downloads with status OK and is marked pending; the boot erases it without a record`, async () => {
    const zephyr = openZephyr(generation);
    const dfu = await enterDfu(zephyr);
    const last = await dfuUtilDownload(zephyr, dfu, noise);
    assert.deepEqual([last.status, last.state], [DfuStatus.OK, DfuState.dfuIDLE]);
    assert.ok(slot1(zephyr).subarray(0, noise.length).equals(noise));
    assert.equal(plannedSwap(zephyr), 'test');
    zephyr.bench.bus.powerCycle(POSITION);
    const again = await enterDfu(zephyr);
    const staged = await readSlot(zephyr, again, 1);
    assert.ok(staged.every((byte) => byte === 0xff));
    if (generation !== 'next') assert.equal(versionOf(await readSlot(zephyr, again, 0)), '1.0.0+1');
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}, trap 3: a padded and confirmed file becomes PERM and skips the trial boot`, async () => {
    const zephyr = openZephyr(generation, { confirms: 'never', slot0Alternate: generation === 'next' });
    const last = await dfuUtilDownload(zephyr, await enterDfu(zephyr), padConfirmed(newImage));
    assert.equal(last.status, DfuStatus.OK);
    assert.equal(plannedSwap(zephyr), 'perm');
    zephyr.bench.bus.powerCycle(POSITION);
    zephyr.bench.bus.powerCycle(POSITION);
    const running = await readSlot(zephyr, await enterDfu(zephyr), generation === 'next' ? 1 : 0);
    assert.deepEqual([versionOf(running), imageOkOf(running)], ['2.0.0+7', 1], 'though nothing confirmed it');
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}, trap 6: DFU mode never ends without a power cycle`, async () => {
    const zephyr = openZephyr(generation);
    const dfu = await enterDfu(zephyr);
    await dfuUtilDownload(zephyr, dfu, newImage);
    await dfu.reset();
    await assert.rejects(classOut(dfu, DfuRequest.DETACH, 1000), /stalled/);
    await dfu.reset();
    zephyr.clock.advance(24 * 3600 * 1000);
    await zephyr.bench.bus.settle();
    const [still] = await zephyr.bench.bus.getDevices();
    assert.equal(still?.productId, 0xffff);
    zephyr.bench.bus.powerCycle(POSITION);
    assert.equal((await open(zephyr)).productId, 0x0005);
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}, trap 9: a download larger than wTransferSize stalls without changing the state`, async () => {
    const zephyr = openZephyr(generation);
    const dfu = await enterDfu(zephyr);
    const blockBytes = transferBytesOf(generation);
    await assert.rejects(classOut(dfu, DfuRequest.DNLOAD, 0, noise.subarray(0, blockBytes + 1)), /stalled/);
    assert.deepEqual(await getStatus(dfu).then(({ status, state }) => [status, state]), [0, DfuState.dfuIDLE]);
    await classOut(dfu, DfuRequest.DNLOAD, 0, noise.subarray(0, blockBytes));
    await getStatus(dfu);
    await assert.rejects(classOut(dfu, DfuRequest.DNLOAD, 1, noise.subarray(0, 4096)), /stalled/);
    assert.deepEqual(await getStatus(dfu).then(({ status, state }) => [status, state]), [
      0,
      DfuState['dfuDNLOAD-IDLE'],
    ]);
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}, trap 10: progressive erase leaves the tail of the image before`, async () => {
    const zephyr = openZephyr(generation);
    const old = signedImage({ version: '1.5.0+0', securityCounter: 2, bodyBytes: 30_000 });
    refill(zephyr, old);
    const dfu = await enterDfu(zephyr);
    await dfuUtilDownload(zephyr, dfu, newImage);
    const staged = await readSlot(zephyr, dfu, 1);
    assert.ok(staged.subarray(0, newImage.length).equals(newImage));
    const erasedTo = Math.ceil(newImage.length / SECTOR_BYTES) * SECTOR_BYTES;
    assert.ok(staged.subarray(newImage.length, erasedTo).every((byte) => byte === 0xff));
    assert.ok(staged.subarray(erasedTo, old.length).equals(old.subarray(erasedTo)), 'the old tail');
    assert.equal(magicOf(staged), GOOD_MAGIC);
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}, beside trap 10: a finished download clears the mark of the image before; one that breaks off ${generation === 'next' ? 'does too' : 'leaves it'}`, async () => {
    const old = padConfirmed(signedImage({ version: '1.5.0+0', securityCounter: 2, bodyBytes: 30_000 }));
    const zephyr = openZephyr(generation);
    refill(zephyr, old);
    assert.equal(plannedSwap(zephyr), 'perm');
    const dfu = await enterDfu(zephyr);
    await classOut(dfu, DfuRequest.DNLOAD, 0, newImage.subarray(0, transferBytesOf(generation)));
    await getStatus(dfu);
    await classOut(dfu, DfuRequest.ABORT);
    assert.equal(plannedSwap(zephyr), generation === 'next' ? 'none' : 'perm');
    await dfuUtilDownload(zephyr, dfu, newImage);
    assert.equal(plannedSwap(zephyr), 'test');
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}, trap 11: a host gone in mid-download leaves dfuDNLOAD-IDLE; ABORT and begin again`, async () => {
    const zephyr = openZephyr(generation);
    const dfu = await enterDfu(zephyr);
    const blockBytes = transferBytesOf(generation);
    await classOut(dfu, DfuRequest.DNLOAD, 0, newImage.subarray(0, blockBytes));
    await getStatus(dfu);
    await dfu.releaseInterface(0);
    await dfu.close();
    zephyr.clock.advance(3600 * 1000);
    const next = await open(zephyr);
    assert.equal((await getStatus(next)).state, DfuState['dfuDNLOAD-IDLE']);
    await classOut(next, DfuRequest.ABORT);
    assert.equal((await getStatus(next)).state, DfuState.dfuIDLE);
    await next.selectAlternateInterface(0, 1);
    assert.equal((await dfuUtilDownload(zephyr, next, newImage)).status, DfuStatus.OK);
    assert.ok(slot1(zephyr).subarray(0, newImage.length).equals(newImage));
  });

  test(`REQ-OTA-USB-03 zephyr-${generation}, trap 12: the product ID changes with DETACH and with the power cycle, the serial and the position stay`, async () => {
    const zephyr = openZephyr(generation);
    const seen: unknown[] = [];
    zephyr.bench.bus.addEventListener('connect', ({ device }) => {
      seen.push([device.productId, device.serialNumber, device.bus, device.ports]);
    });
    await enterDfu(zephyr);
    zephyr.bench.bus.powerCycle(POSITION);
    assert.deepEqual(seen, [
      [0xffff, SERIAL, '1', [4]],
      [0x0005, SERIAL, '1', [4]],
    ]);
  });
}

for (const generation of legacies) {
  test(`REQ-OTA-USB-02 zephyr-${generation}, trap 2: an image that reaches into the trailer makes the unit erase slot 1 and end in dfuERROR`, async () => {
    const zephyr = openZephyr(generation);
    const last = await dfuUtilDownload(zephyr, await enterDfu(zephyr), Buffer.alloc(SLOT_BYTES, 0x5a));
    assert.deepEqual([last.status, last.state], [DfuStatus.errWRITE, DfuState.dfuERROR]);
    assert.ok(slot1(zephyr).every((byte) => byte === 0xff));
    assert.equal(plannedSwap(zephyr), 'none');
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}, trap 4: a zero-length download in dfuIDLE marks whatever lies in the slot`, async () => {
    const zephyr = openZephyr(generation);
    refill(zephyr, newImage);
    const dfu = await enterDfu(zephyr);
    assert.equal(plannedSwap(zephyr), 'none');
    await classOut(dfu, DfuRequest.DNLOAD, 0);
    assert.deepEqual(await getStatus(dfu).then(({ status, state }) => [status, state]), [0, DfuState.dfuIDLE]);
    assert.equal(plannedSwap(zephyr), 'test');
    zephyr.bench.bus.powerCycle(POSITION);
    assert.equal(versionOf(await readSlot(zephyr, await enterDfu(zephyr), 0)), '2.0.0+7');
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}, trap 5: DETACH in DFU mode stalls and leaves appIDLE with DFU descriptors; DETACH again cures it`, async () => {
    const zephyr = openZephyr(generation);
    const dfu = await enterDfu(zephyr);
    await assert.rejects(classOut(dfu, DfuRequest.DETACH, 1000), /stalled/);
    assert.equal((await getStatus(dfu)).state, DfuState.appIDLE);
    assert.deepEqual([dfu.productId, dfu.configuration.interfaces[0]?.alternate.interfaceProtocol], [0xffff, 2]);
    for (const request of [DfuRequest.DNLOAD, DfuRequest.ABORT, DfuRequest.CLRSTATUS]) {
      await assert.rejects(classOut(dfu, request), /stalled/);
    }
    await assert.rejects(classIn(dfu, DfuRequest.UPLOAD, 0, 128), /stalled/);
    await dfu.reset();
    assert.equal((await getStatus(dfu)).state, DfuState.appIDLE, 'a bus reset alone is no cure');
    await classOut(dfu, DfuRequest.DETACH, 1000);
    if (generation === '2.5') await dfu.reset();
    await zephyr.bench.bus.settle();
    const [cured] = await zephyr.bench.bus.getDevices();
    assert.ok(cured);
    assert.equal(zephyr.unit.dfuState, DfuState.dfuIDLE);
    assert.equal(cured.productId, 0xffff);
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}, trap 5: a power cycle cures it too`, async () => {
    const zephyr = openZephyr(generation);
    await assert.rejects(classOut(await enterDfu(zephyr), DfuRequest.DETACH, 1000), /stalled/);
    zephyr.bench.bus.powerCycle(POSITION);
    assert.equal((await dfuUtilDownload(zephyr, await enterDfu(zephyr), newImage)).status, DfuStatus.OK);
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}, trap 7: an upload with 1024 bytes a block “completes” after 128`, async () => {
    const dfu = await enterDfu(openZephyr(generation));
    await dfu.selectAlternateInterface(0, 0);
    assert.equal((await dfuUtilUpload(dfu, 1024)).length, 128);
    assert.equal((await getStatus(dfu)).state, DfuState['dfuUPLOAD-IDLE'], 'for the unit it is not over');
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}, beside trap 7: a block size that does not divide the slot loses the slot’s end`, async () => {
    const dfu = await enterDfu(openZephyr(generation));
    assert.equal((await dfuUtilUpload(dfu, 100)).length, SLOT_BYTES - (SLOT_BYTES % 100));
  });
}

test('REQ-OTA-USB-02 zephyr-2.5, trap 2: a host that asks before the worker has ended is told OK', async () => {
  const flashTime = { eraseSectorMs: 40, programPageMs: 2, pageBytes: 256 };
  const zephyr = openZephyr('2.5', { flashTime });
  const last = await dfuUtilDownload(zephyr, await enterDfu(zephyr), Buffer.alloc(SLOT_BYTES, 0x5a));
  assert.deepEqual([last.status, last.state], [DfuStatus.OK, DfuState.dfuIDLE]);
  zephyr.clock.advance(16 * 40);
  assert.equal(zephyr.unit.dfuState, DfuState.dfuERROR);
  assert.ok(slot1(zephyr).every((byte) => byte === 0xff));
});

test('REQ-OTA-USB-02 zephyr-2.5, trap 8: a wrong upload block returns 128 stale bytes as OK', async () => {
  const zephyr = openZephyr('2.5');
  const dfu = await enterDfu(zephyr);
  await dfu.selectAlternateInterface(0, 0);
  const first = await classIn(dfu, DfuRequest.UPLOAD, 0, 128);
  const stale = await classIn(dfu, DfuRequest.UPLOAD, 5, 128);
  assert.equal(stale.length, 128);
  assert.ok(stale.equals(first));
  const { status, state } = await getStatus(dfu);
  assert.deepEqual([status, state], [DfuStatus.errUNKNOWN, DfuState.dfuERROR]);
});

for (const generation of ['legacy', 'next'] as const) {
  test(`REQ-OTA-USB-02 zephyr-${generation}, trap 8 mended: a wrong upload block is stalled, dfuERROR, errUNKNOWN`, async () => {
    const dfu = await enterDfu(openZephyr(generation));
    await classIn(dfu, DfuRequest.UPLOAD, 0, 128);
    await assert.rejects(classIn(dfu, DfuRequest.UPLOAD, 5, 128), /stalled/);
    const { status, state } = await getStatus(dfu);
    assert.deepEqual([status, state], [DfuStatus.errUNKNOWN, DfuState.dfuERROR]);
  });
}

test('REQ-OTA-USB-02 zephyr-next, trap 2: it erases slot 1 and still reports success', async () => {
  const zephyr = openZephyr('next');
  const last = await dfuUtilDownload(zephyr, await enterDfu(zephyr), Buffer.alloc(SLOT_BYTES, 0x5a));
  assert.deepEqual([last.status, last.state], [DfuStatus.OK, DfuState.dfuIDLE]);
  assert.ok(slot1(zephyr).every((byte) => byte === 0xff));
});

test('REQ-OTA-USB-02 zephyr-next, trap 4 mended: a zero-length download in dfuIDLE is stalled', async () => {
  const zephyr = openZephyr('next');
  refill(zephyr, newImage);
  const dfu = await enterDfu(zephyr);
  await assert.rejects(classOut(dfu, DfuRequest.DNLOAD, 0), /stalled/);
  assert.equal((await getStatus(dfu)).status, DfuStatus.errSTALLEDPKT);
  assert.deepEqual([plannedSwap(zephyr), magicOf(slot1(zephyr))], ['none', NO_MAGIC]);
});

test('REQ-OTA-USB-02 zephyr-next, trap 5 mended: DETACH in DFU mode is stalled into dfuERROR, and CLRSTATUS leads out', async () => {
  const dfu = await enterDfu(openZephyr('next'));
  await assert.rejects(classOut(dfu, DfuRequest.DETACH, 1000), /stalled/);
  assert.equal((await getStatus(dfu)).state, DfuState.dfuERROR);
  await classOut(dfu, DfuRequest.CLRSTATUS);
  assert.equal((await getStatus(dfu)).state, DfuState.dfuIDLE);
});

test('REQ-OTA-USB-02 zephyr-next, trap 7 mended: an upload that asks for more than wTransferSize is stalled', async () => {
  const dfu = await enterDfu(openZephyr('next'));
  await assert.rejects(classIn(dfu, DfuRequest.UPLOAD, 0, 1024), /stalled/);
  assert.equal((await getStatus(dfu)).status, DfuStatus.errSTALLEDPKT);
});

test('REQ-OTA-USB-02 zephyr: more than the slot holds is refused: errWRITE, or for next errUNKNOWN', async () => {
  for (const [generation, status] of [
    ['2.5', DfuStatus.errWRITE],
    ['legacy', DfuStatus.errWRITE],
    ['next', DfuStatus.errUNKNOWN],
  ] as const) {
    const zephyr = openZephyr(generation);
    const dfu = await enterDfu(zephyr);
    const tooMuch = Buffer.alloc(SLOT_BYTES + 1, 0x5a);
    const downloaded = await dfuUtilDownload(zephyr, dfu, tooMuch).catch((error: unknown) => {
      assert.match(String(error), /stalled/);
      return undefined;
    });
    assert.equal((downloaded ?? (await getStatus(dfu))).status, status);
  }
});

test('REQ-OTA-USB-02 zephyr: built to erase the whole slot first, a legacy unit leaves no old tail', async () => {
  for (const generation of legacies) {
    const zephyr = openZephyr(generation, { erase: 'whole-slot' });
    refill(zephyr, signedImage({ version: '1.5.0+0', securityCounter: 2, bodyBytes: 30_000 }));
    await dfuUtilDownload(zephyr, await enterDfu(zephyr), newImage);
    assert.ok(
      slot1(zephyr)
        .subarray(newImage.length, SLOT_BYTES - SECTOR_BYTES)
        .every((byte) => byte === 0xff),
    );
    assert.equal(plannedSwap(zephyr), 'test');
  }
});

test('REQ-OTA-USB-02 zephyr: a flash that fails is errWRITE, with errERASE where the whole slot is erased', async () => {
  for (const [erase, status] of [
    ['progressive', DfuStatus.errWRITE],
    ['whole-slot', DfuStatus.errERASE],
  ] as const) {
    const zephyr = openZephyr('legacy', { erase });
    const dfu = await enterDfu(zephyr);
    zephyr.unit.arm({ kind: 'flash-failure', flashOperation: 1 });
    assert.equal((await dfuUtilDownload(zephyr, dfu, newImage)).status, status);
  }
});
