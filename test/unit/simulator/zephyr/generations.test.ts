import assert from 'node:assert/strict';
import test from 'node:test';
import { DfuRequest, DfuState, DfuStatus } from '../../../../core/device/dfu/constants.ts';
import type { VirtualUsbDevice } from '../../../../simulator/usb-device.ts';
import { classIn, classOut, getStatus, POSITION, SERIAL } from '../bench.ts';
import {
  dfuUtilDownload,
  dfuUtilUpload,
  enterDfu,
  GOOD_MAGIC,
  generations,
  imageOkOf,
  magicOf,
  newImage,
  open,
  openZephyr,
  plannedSwap,
  readSlot,
  slot1,
  SLOT_BYTES,
  transferBytesOf,
  versionOf,
} from './zephyr-bench.ts';

async function readDescriptor(device: VirtualUsbDevice, value: number): Promise<Buffer> {
  const setup = { requestType: 'standard', recipient: 'device', request: 6, value, index: 0 } as const;
  const { data } = await device.controlTransferIn(setup, 255);
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
}

function identify(device: VirtualUsbDevice): readonly unknown[] {
  const alternate = device.configuration.interfaces[0]?.alternate;
  const classes = [alternate?.interfaceClass, alternate?.interfaceSubclass, alternate?.interfaceProtocol];
  return [device.vendorId, device.productId, device.serialNumber, ...classes];
}

const EXPECTED = {
  '2.5': { alternates: ['image-0', 'image-1'], functional: '092107e80380001001', pollMs: 256 },
  legacy: { alternates: ['image_0', 'image_1'], functional: '09210f640080001001', pollMs: 8 },
  next: { alternates: ['ramdisk0', 'slot1_image'], functional: '09210f000000021001', pollMs: 100 },
} as const;

for (const generation of generations) {
  const expected = EXPECTED[generation];
  const blockBytes = transferBytesOf(generation);

  test(`REQ-OTA-USB-02 zephyr-${generation}: 2fe3:0005 with fe/01/01 becomes 2fe3:ffff with fe/01/02, under the same serial (trap 12)`, async () => {
    const zephyr = openZephyr(generation);
    const application = await open(zephyr);
    const before = identify(application);
    const seen = [before, identify(await enterDfu(zephyr, application))];
    assert.deepEqual(seen, [
      [0x2fe3, 0x0005, SERIAL, 0xfe, 1, 1],
      [0x2fe3, 0xffff, SERIAL, 0xfe, 1, 2],
    ]);
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}: alternates ${expected.alternates.join(' and ')}; the run-time interface has no name`, async () => {
    const zephyr = openZephyr(generation);
    const application = await open(zephyr);
    assert.deepEqual(
      application.configuration.interfaces[0]?.alternates.map(({ interfaceName }) => interfaceName),
      [null],
    );
    const dfu = await enterDfu(zephyr, application);
    assert.deepEqual(
      dfu.configuration.interfaces[0]?.alternates.map(({ interfaceName }) => interfaceName),
      expected.alternates,
    );
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}: bmAttributes, wDetachTimeOut and wTransferSize in both modes`, async () => {
    const zephyr = openZephyr(generation);
    const device = await open(zephyr);
    const application = await readDescriptor(device, 0x0200);
    const dfu = await readDescriptor(await enterDfu(zephyr, device), 0x0200);
    for (const configuration of [application, dfu]) {
      assert.equal(configuration.subarray(-9).toString('hex'), expected.functional);
      assert.equal(configuration.readUInt16LE(2), configuration.length);
    }
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}: bwPollTimeout is ${expected.pollMs} ms in every state`, async () => {
    const zephyr = openZephyr(generation);
    const seen = new Map<number, number>();
    const look = async (device: VirtualUsbDevice): Promise<void> => {
      const { state, pollMs } = await getStatus(device);
      seen.set(state, pollMs);
    };
    const application = await open(zephyr);
    await look(application);
    await classOut(application, DfuRequest.DETACH, 1000);
    if (generation === '2.5') {
      await look(application);
      await application.reset();
    }
    const dfu = await open(zephyr);
    await dfu.selectAlternateInterface(0, 1);
    await look(dfu);
    await classOut(dfu, DfuRequest.DNLOAD, 0, newImage.subarray(0, blockBytes));
    await look(dfu);
    await look(dfu);
    await classOut(dfu, DfuRequest.ABORT);
    await classIn(dfu, DfuRequest.UPLOAD, 0, blockBytes);
    await look(dfu);
    await assert.rejects(classOut(dfu, DfuRequest.DNLOAD, 0, newImage.subarray(0, blockBytes)));
    await look(dfu);
    const states = [
      DfuState.appIDLE,
      DfuState.dfuIDLE,
      DfuState['dfuDNLOAD-IDLE'],
      DfuState['dfuUPLOAD-IDLE'],
      DfuState.dfuERROR,
    ];
    for (const state of states) assert.equal(seen.get(state), expected.pollMs, `state ${state}`);
    assert.deepEqual([...new Set(seen.values())], [expected.pollMs]);
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}: an upload returns the whole slot with its trailer, version and flags`, async () => {
    const zephyr = openZephyr(generation);
    const dfu = await enterDfu(zephyr);
    assert.equal((await dfuUtilDownload(zephyr, dfu, newImage)).status, DfuStatus.OK);
    const staged = await readSlot(zephyr, dfu, 1);
    assert.equal(staged.length, SLOT_BYTES);
    assert.equal(versionOf(staged), '2.0.0+7');
    assert.ok(staged.subarray(0, newImage.length).equals(newImage));
    assert.deepEqual([magicOf(staged), imageOkOf(staged)], [GOOD_MAGIC, 0xff]);
    if (generation === 'next') return;
    const running = await readSlot(zephyr, dfu, 0);
    assert.deepEqual([running.length, versionOf(running), imageOkOf(running)], [SLOT_BYTES, '1.0.0+1', 1]);
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}: a finished download marks the image TEST and ends in dfuIDLE, without a reboot`, async () => {
    const zephyr = openZephyr(generation);
    const dfu = await enterDfu(zephyr);
    const last = await dfuUtilDownload(zephyr, dfu, newImage);
    assert.deepEqual([last.status, last.state], [DfuStatus.OK, DfuState.dfuIDLE]);
    assert.equal(plannedSwap(zephyr), 'test');
    assert.equal(slot1(zephyr).readUInt8(SLOT_BYTES - 40), 0x02, 'swap_info');
    await zephyr.bench.bus.settle();
    zephyr.clock.advance(60_000);
    assert.equal((await getStatus(dfu)).state, DfuState.dfuIDLE, 'the same enumeration still answers');
  });
}

test('REQ-OTA-USB-02 zephyr-2.5: DETACH needs a bus reset; without one it stays in appDETACH', async () => {
  const zephyr = openZephyr('2.5');
  const device = await open(zephyr);
  await classOut(device, DfuRequest.DETACH, 1000);
  await zephyr.bench.bus.settle();
  zephyr.clock.advance(60_000);
  assert.equal((await getStatus(device)).state, DfuState.appDETACH);
  assert.equal(device.productId, 0x0005);
  await device.reset();
  assert.equal((await open(zephyr)).productId, 0xffff);
});

test('REQ-OTA-USB-02 zephyr-2.5: a request of DFU mode ends the detach, but the descriptors are DFU mode’s already', async () => {
  const zephyr = openZephyr('2.5');
  const device = await open(zephyr);
  await classOut(device, DfuRequest.DETACH, 1000);
  assert.equal((await readDescriptor(device, 0x0100)).readUInt16LE(10), 0xffff);
  await assert.rejects(classOut(device, DfuRequest.ABORT), /stalled/);
  await device.reset();
  const dfu = await open(zephyr);
  assert.deepEqual([dfu.productId, (await getStatus(dfu)).state], [0xffff, DfuState.appIDLE]);
});

for (const generation of ['legacy', 'next'] as const) {
  test(`REQ-OTA-USB-02 zephyr-${generation}: detaches itself 100 ms after DETACH, whatever wValue said`, async () => {
    const zephyr = openZephyr(generation);
    const device = await open(zephyr);
    zephyr.clock.slept.length = 0;
    await classOut(device, DfuRequest.DETACH, 5000);
    assert.equal(zephyr.unit.dfuState, DfuState.appDETACH);
    await zephyr.bench.bus.settle();
    assert.deepEqual(zephyr.clock.slept.slice(0, 1), [100]);
    assert.equal((await open(zephyr)).productId, 0xffff);
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}: a bus reset neither hastens the detach nor ends DFU mode`, async () => {
    const zephyr = openZephyr(generation);
    const dfu = await enterDfu(zephyr);
    await classOut(dfu, DfuRequest.DNLOAD, 0, newImage.subarray(0, 128));
    await getStatus(dfu);
    await dfu.reset();
    assert.equal((await getStatus(dfu)).state, DfuState['dfuDNLOAD-IDLE']);
  });
}

test('REQ-OTA-USB-02 zephyr-legacy: without upload, its default, bmAttributes is 0d and UPLOAD stalls into dfuERROR', async () => {
  const zephyr = openZephyr('legacy', { upload: false });
  const dfu = await enterDfu(zephyr);
  assert.equal((await readDescriptor(dfu, 0x0200)).at(-7), 0x0d);
  await assert.rejects(classIn(dfu, DfuRequest.UPLOAD, 0, 128), /stalled/);
  const { status, state } = await getStatus(dfu);
  assert.deepEqual([status, state], [DfuStatus.errSTALLEDPKT, DfuState.dfuERROR]);
});

test('REQ-OTA-USB-02 zephyr-legacy: marks PERM by option, and the image skips its trial', async () => {
  const zephyr = openZephyr('legacy', { marks: 'perm', confirms: 'never' });
  const dfu = await enterDfu(zephyr);
  await dfuUtilDownload(zephyr, dfu, newImage);
  assert.equal(plannedSwap(zephyr), 'perm');
  assert.deepEqual([imageOkOf(slot1(zephyr)), slot1(zephyr).readUInt8(SLOT_BYTES - 40)], [0x01, 0x03]);
  zephyr.bench.bus.powerCycle(POSITION);
  const running = await readSlot(zephyr, await enterDfu(zephyr), 0);
  assert.deepEqual([versionOf(running), imageOkOf(running)], ['2.0.0+7', 1]);
});

test('REQ-OTA-USB-02 zephyr-legacy: by option it goes to dfuMANIFEST-WAIT-RESET and reboots 500 ms later', async () => {
  const zephyr = openZephyr('legacy', { afterDownload: 'reboot' });
  const dfu = await enterDfu(zephyr);
  assert.equal((await readDescriptor(dfu, 0x0200)).at(-7), 0x0b, 'not manifestation tolerant');
  zephyr.clock.slept.length = 0;
  const last = await dfuUtilDownload(zephyr, dfu, newImage);
  assert.deepEqual([last.status, last.state], [DfuStatus.OK, DfuState['dfuMANIFEST-WAIT-RESET']]);
  const application = await open(zephyr);
  assert.ok(zephyr.clock.slept.includes(500));
  assert.equal(application.productId, 0x0005);
  const running = await readSlot(zephyr, await enterDfu(zephyr, application), 0);
  assert.equal(versionOf(running), '2.0.0+7');
});

test('REQ-OTA-USB-02 zephyr-next: the application decides; one that marks nothing leaves the image lying', async () => {
  const zephyr = openZephyr('next', { marks: 'nothing' });
  const dfu = await enterDfu(zephyr);
  assert.equal((await dfuUtilDownload(zephyr, dfu, newImage)).status, DfuStatus.OK);
  assert.equal(plannedSwap(zephyr), 'none');
  assert.ok(slot1(zephyr).subarray(0, newImage.length).equals(newImage));
});

for (const generation of ['2.5', 'legacy'] as const) {
  test(`REQ-OTA-USB-02 zephyr-${generation}: block numbers of a download are ignored`, async () => {
    const zephyr = openZephyr(generation);
    const dfu = await enterDfu(zephyr);
    for (const [index, block] of [7, 7, 0, 65_535].entries()) {
      await classOut(dfu, DfuRequest.DNLOAD, block, newImage.subarray(index * 128, index * 128 + 128));
      assert.equal((await getStatus(dfu)).status, DfuStatus.OK);
    }
    assert.ok(slot1(zephyr).subarray(0, 512).equals(newImage.subarray(0, 512)));
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}: a download to slot 0 is acknowledged; errWRITE comes with GETSTATUS`, async () => {
    const zephyr = openZephyr(generation);
    const dfu = await enterDfu(zephyr);
    await dfu.selectAlternateInterface(0, 0);
    const before = zephyr.unit.flash.operations;
    await classOut(dfu, DfuRequest.DNLOAD, 0, newImage.subarray(0, 128));
    const { status, state } = await getStatus(dfu);
    assert.deepEqual([status, state], [DfuStatus.errWRITE, DfuState.dfuERROR]);
    assert.equal(zephyr.unit.flash.operations, before);
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}: GETSTATUS reports the state as it is now`, async () => {
    const dfu = await enterDfu(openZephyr(generation));
    await classOut(dfu, DfuRequest.DNLOAD, 0, newImage.subarray(0, 128));
    assert.equal((await getStatus(dfu)).state, DfuState['dfuDNLOAD-IDLE']);
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}: while the flash works it reports dfuDNBUSY, and another block is an error`, async () => {
    const flashTime = { eraseSectorMs: 40, programPageMs: 2, pageBytes: 256 };
    const zephyr = openZephyr(generation, { flashTime });
    const dfu = await enterDfu(zephyr);
    for (let block = 0; block < 3; block += 1) await classOut(dfu, DfuRequest.DNLOAD, block, newImage.subarray(0, 128));
    await classOut(dfu, DfuRequest.DNLOAD, 3, newImage.subarray(0, 128));
    assert.equal(
      (await getStatus(dfu)).state,
      DfuState.dfuDNBUSY,
      'the fourth block fills the 512 bytes that are written at once',
    );
    zephyr.clock.advance(43);
    assert.equal((await getStatus(dfu)).state, DfuState.dfuDNBUSY);
    zephyr.clock.advance(1);
    assert.equal((await getStatus(dfu)).state, DfuState['dfuDNLOAD-IDLE']);
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}: the upload ends in dfuIDLE by itself; CLRSTATUS is taken in dfuIDLE`, async () => {
    const dfu = await enterDfu(openZephyr(generation));
    assert.equal((await dfuUtilUpload(dfu, 128)).length, SLOT_BYTES);
    assert.equal((await getStatus(dfu)).state, DfuState.dfuIDLE);
    await classOut(dfu, DfuRequest.CLRSTATUS);
    assert.deepEqual((await getStatus(dfu)).status, DfuStatus.OK);
  });

  test(`REQ-OTA-USB-02 zephyr-${generation}: before any SET_INTERFACE it is slot 1 that is read, though alternate 0 comes first`, async () => {
    const zephyr = openZephyr(generation);
    const device = await open(zephyr);
    await classOut(device, DfuRequest.DETACH, 1000);
    if (generation === '2.5') await device.reset();
    const dfu = await open(zephyr);
    assert.ok((await dfuUtilUpload(dfu, 128)).every((byte) => byte === 0xff));
  });
}

test('REQ-OTA-USB-02 zephyr-next: a block that is not the next one is stalled: dfuERROR, errUNKNOWN (0e)', async () => {
  for (const wrong of [1, 3, 0x1001]) {
    const dfu = await enterDfu(openZephyr('next'));
    await classOut(dfu, DfuRequest.DNLOAD, 0, newImage.subarray(0, 512));
    await getStatus(dfu);
    await getStatus(dfu);
    await classOut(dfu, DfuRequest.DNLOAD, 1, newImage.subarray(512, 1024));
    await getStatus(dfu);
    await getStatus(dfu);
    await assert.rejects(classOut(dfu, DfuRequest.DNLOAD, wrong, newImage.subarray(1024, 1536)), /stalled/);
    const { status, state } = await getStatus(dfu);
    assert.deepEqual([status, state], [0x0e, DfuState.dfuERROR]);
  }
});

test('REQ-OTA-USB-02 zephyr-next: with slot 0 shown, its alternate is ignored: what is downloaded there lands in slot 1', async () => {
  const zephyr = openZephyr('next', { slot0Alternate: true });
  const dfu = await enterDfu(zephyr);
  const names = dfu.configuration.interfaces[0]?.alternates.map(({ interfaceName }) => interfaceName);
  assert.deepEqual(names, ['ramdisk0', 'slot0_image', 'slot1_image']);
  assert.equal((await dfuUtilDownload(zephyr, dfu, newImage)).status, DfuStatus.OK);
  assert.ok(slot1(zephyr).subarray(0, newImage.length).equals(newImage));
  assert.equal(versionOf(await readSlot(zephyr, dfu, 1)), '1.0.0+1', 'and reading it reads slot 0');
});

test('REQ-OTA-USB-02 zephyr-next: alternate 0 is a RAM disk, and what goes there is no update', async () => {
  const zephyr = openZephyr('next');
  const dfu = await enterDfu(zephyr);
  await dfu.selectAlternateInterface(0, 0);
  assert.equal((await dfuUtilDownload(zephyr, dfu, newImage)).status, DfuStatus.OK);
  const read = await readSlot(zephyr, dfu, 0);
  assert.equal(read.length, 32 * 512);
  assert.ok(read.subarray(0, newImage.length).equals(newImage));
  assert.equal(plannedSwap(zephyr), 'none');
});

test('REQ-OTA-USB-02 zephyr-next: GETSTATUS reports the state before its own transition, so a block takes two and 100 ms', async () => {
  const zephyr = openZephyr('next');
  const dfu = await enterDfu(zephyr);
  await classOut(dfu, DfuRequest.DNLOAD, 0, newImage.subarray(0, 512));
  assert.deepEqual(await getStatus(dfu), { status: 0, pollMs: 100, state: DfuState['dfuDNLOAD-SYNC'] });
  assert.equal((await getStatus(dfu)).state, DfuState['dfuDNLOAD-IDLE']);
  await classOut(dfu, DfuRequest.DNLOAD, 1);
  assert.equal(plannedSwap(zephyr), 'none');
  assert.equal((await getStatus(dfu)).state, DfuState['dfuMANIFEST-SYNC']);
  assert.equal((await getStatus(dfu)).state, DfuState.dfuIDLE);
});

test('REQ-OTA-USB-02 zephyr-next: a whole download costs at least 100 ms a block of a host that keeps to the poll time', async () => {
  const zephyr = openZephyr('next');
  const dfu = await enterDfu(zephyr);
  const startMs = zephyr.clock.monotonicMs();
  await dfuUtilDownload(zephyr, dfu, newImage);
  assert.equal(zephyr.clock.monotonicMs() - startMs, (Math.ceil(newImage.length / 512) + 1) * 100);
});

test('REQ-OTA-USB-02 zephyr-next: after an upload it stays in dfuUPLOAD-IDLE until ABORT', async () => {
  const dfu = await enterDfu(openZephyr('next'));
  assert.equal((await dfuUtilUpload(dfu, 512)).length, SLOT_BYTES);
  assert.equal((await getStatus(dfu)).state, DfuState['dfuUPLOAD-IDLE']);
  await assert.rejects(classOut(dfu, DfuRequest.DNLOAD, 0, newImage.subarray(0, 512)), /stalled/);
  await classOut(dfu, DfuRequest.CLRSTATUS);
  await dfuUtilUpload(dfu, 512);
  await classOut(dfu, DfuRequest.ABORT);
  assert.equal((await getStatus(dfu)).state, DfuState.dfuIDLE);
});

test('REQ-OTA-USB-02 zephyr-next: CLRSTATUS in dfuIDLE is stalled and leads to dfuERROR, errSTALLEDPKT (0f)', async () => {
  const dfu = await enterDfu(openZephyr('next'));
  await assert.rejects(classOut(dfu, DfuRequest.CLRSTATUS), /stalled/);
  const { status, state } = await getStatus(dfu);
  assert.deepEqual([status, state], [0x0f, DfuState.dfuERROR]);
});

test('REQ-OTA-USB-02 zephyr-next: the sample application shows no serial in DFU mode', async () => {
  const zephyr = openZephyr('next', { serialInDfuMode: false });
  const application = await open(zephyr);
  assert.equal(application.serialNumber, SERIAL);
  assert.equal((await enterDfu(zephyr, application)).serialNumber, null);
});

test('REQ-OTA-USB-02 zephyr-next: the flash works within the transfer, and a host that waits for less gives up', async () => {
  const flashTime = { eraseSectorMs: 40, programPageMs: 2, pageBytes: 256 };
  const slow = openZephyr('next', { flashTime });
  const dfu = await enterDfu(slow);
  const startMs = slow.clock.monotonicMs();
  await classOut(dfu, DfuRequest.DNLOAD, 0, newImage.subarray(0, 512));
  assert.equal(slow.clock.monotonicMs() - startMs, 2 * 40 + 2 * 2, 'the trailer’s page, the first page, two programs');
  await getStatus(dfu);
  const setup = {
    requestType: 'class',
    recipient: 'interface',
    request: DfuRequest.DNLOAD,
    value: 1,
    index: 0,
  } as const;
  await assert.rejects(dfu.controlTransferOut(setup, newImage.subarray(512, 1024), 3), /cancelled/);
  assert.equal(slow.unit.dfuState, DfuState['dfuDNLOAD-SYNC'], 'the unit has done it all the same');
});

test('REQ-OTA-USB-02 zephyr: an option that the generation cannot be built with is a mistake of who orders it', () => {
  assert.throws(() => openZephyr('2.5', { marks: 'perm' }), /trial only/);
  assert.throws(() => openZephyr('2.5', { upload: false }), /without upload/);
  assert.throws(() => openZephyr('2.5', { afterDownload: 'reboot' }), /does not reboot/);
  assert.throws(() => openZephyr('legacy', { marks: 'nothing' }), /always marks/);
  assert.throws(() => openZephyr('legacy', { slot0Alternate: true }), /always shows slot 0/);
  assert.throws(() => openZephyr('next', { erase: 'whole-slot' }), /page by page/);
  assert.throws(() => openZephyr('next', { transferBytes: 32 }), /wTransferSize/);
});
