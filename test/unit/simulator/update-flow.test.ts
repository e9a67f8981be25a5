import assert from 'node:assert/strict';
import test from 'node:test';
import { DfuRequest, DfuState, DfuStatus } from '../../../core/device/dfu/constants.ts';
import {
  classOut,
  download,
  enterDfuMode,
  factoryImage,
  getStatus,
  installTrial,
  newImage,
  openDevice,
  openTestBench,
  POSITION,
  readInformation,
  signedImage,
  upload,
  vendorOut,
} from './bench.ts';

test('REQ-OTA-USB-02 a factory unit reports itself as the device information says', async () => {
  const bench = openTestBench();
  const device = await openDevice(bench);
  const information = await readInformation(device);
  assert.equal(information.mode, 'application');
  assert.equal(information.hardware, 'vu-a');
  assert.equal(information.serial, 'VU-0001');
  const [running, staging] = information.slots;
  assert.deepEqual(
    [running?.role, running?.state, running?.version, running?.counter],
    ['running', 'confirmed', '1.0.0+1', 1],
  );
  assert.equal(running?.hash?.length, 32);
  assert.deepEqual([staging?.role, staging?.state, staging?.version], ['staging', 'empty', undefined]);
  assert.equal(information.selfTest.state, 'not-run');
});

test('REQ-OTA-USB-02 bootstrap, download, read back, activate, reset: the trial passes its self-test and confirms itself', async () => {
  const bench = openTestBench();
  const dfu = await enterDfuMode(bench);
  assert.equal(dfu.productId, 0x0002);
  assert.deepEqual(await download(dfu, newImage), { status: 0, pollMs: 0, state: DfuState.dfuIDLE });
  assert.ok((await upload(dfu)).subarray(0, newImage.length).equals(newImage));
  assert.equal((await readInformation(dfu)).slots[1]?.state, 'image');
  await vendorOut(dfu, 0xd1, 1);
  const pending = await readInformation(dfu);
  assert.equal(pending.slots[1]?.state, 'pending');
  assert.equal(pending.boot.swap, 'test');
  await vendorOut(dfu, 0xd3);
  const device = await openDevice(bench);
  const information = await readInformation(device);
  assert.equal(information.mode, 'application');
  assert.equal(information.slots[0]?.version, '2.0.0+7');
  assert.equal(information.slots[0].state, 'confirmed');
  assert.equal(information.slots[1]?.version, '1.0.0+1');
  assert.equal(information.selfTest.state, 'passed');
  assert.deepEqual(information.boot, { swap: 'none', lastSwap: 'test', imageOk: true, copyDone: true });
});

test('REQ-OTA-APP-03 a failed self-test is reported, and the next reset reverts; what failed is still known then', async () => {
  const bench = openTestBench();
  const selfTests = [
    { name: 'flash', passes: true, detail: '' },
    { name: 'sensor', passes: false, detail: 'no answer on I2C' },
  ];
  const bad = signedImage({ version: '2.0.0+7', securityCounter: 2, description: { selfTests } });
  const device = await installTrial(bench, bad);
  const trial = await readInformation(device);
  assert.equal(trial.selfTest.state, 'failed');
  assert.deepEqual(trial.selfTest.results[1], { name: 'sensor', passed: false, detail: 'no answer on I2C' });
  assert.deepEqual([trial.slots[0]?.state, trial.boot.swap], ['testing', 'revert']);
  await vendorOut(device, 0xd3);
  const reverted = await readInformation(await openDevice(bench));
  assert.equal(reverted.slots[0]?.version, '1.0.0+1');
  assert.equal(reverted.selfTest.state, 'not-run');
  assert.deepEqual([reverted.previousSelfTest?.state, reverted.previousSelfTest?.counter], ['failed', 2]);
  assert.equal(reverted.boot.lastSwap, 'revert');
});

test('REQ-OTA-APP-03 a firmware that resets itself after a failed self-test is reverted without the host', async () => {
  const bench = openTestBench();
  const description = { selfTests: [{ name: 'ram', passes: false, detail: '' }], onFailure: 'reset' } as const;
  const image = signedImage({ version: '2.0.0+7', securityCounter: 2, description });
  const information = await readInformation(await installTrial(bench, image));
  assert.equal(information.slots[0]?.version, '1.0.0+1');
  assert.equal(information.previousSelfTest?.state, 'failed');
});

test('REQ-OTA-TST-01 with confirmation by the station the trial waits for CONFIRM, and reverts without it', async () => {
  for (const confirms of [true, false]) {
    const bench = openTestBench({ confirmedBy: 'station' });
    const device = await installTrial(bench, newImage);
    const trial = await readInformation(device);
    assert.deepEqual([trial.selfTest.state, trial.slots[0]?.state], ['passed', 'testing']);
    if (confirms) await vendorOut(device, 0xd2);
    await vendorOut(device, 0xd3);
    const information = await readInformation(await openDevice(bench));
    assert.equal(information.slots[0]?.version, confirms ? '2.0.0+7' : '1.0.0+1');
  }
});

test('REQ-OTA-TST-01 a self-test takes its time on the clock', async () => {
  const bench = openTestBench();
  const image = signedImage({ version: '2.0.0+7', securityCounter: 2, description: { selfTestMs: 60_000 } });
  const device = await installTrial(bench, image);
  assert.equal((await readInformation(device)).selfTest.state, 'running');
  bench.clock.advance(60_000);
  const information = await readInformation(device);
  assert.deepEqual([information.selfTest.state, information.slots[0]?.state], ['passed', 'confirmed']);
});

test('REQ-OTA-TST-01 a refused image leaves the old one running and the staging slot empty, without a record', async () => {
  const bench = openTestBench();
  const broken = Buffer.from(newImage);
  broken.writeUInt8(broken.readUInt8(5000) ^ 1, 5000);
  const information = await readInformation(await installTrial(bench, broken));
  assert.equal(information.slots[0]?.version, '1.0.0+1');
  assert.equal(information.slots[1]?.state, 'empty');
  assert.equal(information.boot.lastSwap, 'none');
  assert.equal(information.previousSelfTest, undefined);
});

test('REQ-OTA-TST-02 a firmware that hangs is not seen again until the power is cycled, and is reverted then', async () => {
  const bench = openTestBench();
  const image = signedImage({ version: '2.0.0+7', securityCounter: 2, description: { start: 'hang' } });
  await assert.rejects(installTrial(bench, image), /no device on the bus/);
  assert.equal(bench.unit('VU-0001').mode, 'silent');
  bench.bus.powerCycle(POSITION);
  const information = await readInformation(await openDevice(bench));
  assert.equal(information.slots[0]?.version, '1.0.0+1');
});

test('REQ-OTA-TST-02 a firmware for other hardware hangs; a watchdog brings the old one back', async () => {
  const bench = openTestBench({ watchdogMs: 5000 });
  const image = signedImage({ version: '2.0.0+7', securityCounter: 2, description: { hardware: ['vu-b'] } });
  const information = await readInformation(await installTrial(bench, image));
  assert.equal(information.slots[0]?.version, '1.0.0+1');
});

test('REQ-OTA-APP-05 an empty unit comes up in its boot loader and installs what it is given', async () => {
  const bench = openTestBench({}, { empty: true });
  const loader = await openDevice(bench);
  assert.equal(loader.productId, 0x0002);
  const before = await readInformation(loader);
  assert.deepEqual([before.mode, before.slots[0]?.state], ['bootloader', 'empty']);
  await loader.selectAlternateInterface(0, 1);
  await download(loader, newImage);
  await vendorOut(loader, 0xd1, 1);
  await vendorOut(loader, 0xd3);
  const information = await readInformation(await openDevice(bench));
  assert.deepEqual([information.mode, information.slots[0]?.version], ['application', '2.0.0+7']);
});

test('REQ-OTA-APP-01 a download to the running slot is acknowledged, refused with errADDRESS and changes nothing', async () => {
  const bench = openTestBench();
  const dfu = await enterDfuMode(bench);
  await dfu.selectAlternateInterface(0, 0);
  await classOut(dfu, DfuRequest.DNLOAD, 0, new Uint8Array(4096));
  assert.deepEqual(await getStatus(dfu), { status: DfuStatus.errADDRESS, pollMs: 0, state: DfuState.dfuERROR });
  assert.ok((await reread(dfu)).subarray(0, factoryImage.length).equals(factoryImage));
});

async function reread(dfu: Awaited<ReturnType<typeof enterDfuMode>>): Promise<Buffer> {
  await classOut(dfu, DfuRequest.CLRSTATUS);
  return await upload(dfu);
}

test('REQ-OTA-APP-01 an image that reaches into the swap sector or the trailer is refused with errADDRESS', async () => {
  const bench = openTestBench();
  const dfu = await enterDfuMode(bench);
  const roomBytes = 14 * 4096;
  assert.equal((await download(dfu, new Uint8Array(roomBytes))).status, DfuStatus.OK);
  assert.equal((await download(dfu, new Uint8Array(roomBytes + 1))).status, DfuStatus.errADDRESS);
});

test('REQ-OTA-APP-04 a flash that fails is reported as errWRITE or errERASE', async () => {
  for (const [nth, status] of [
    [1, DfuStatus.errERASE],
    [3, DfuStatus.errWRITE],
  ] as const) {
    const bench = openTestBench();
    const dfu = await enterDfuMode(bench);
    bench.unit('VU-0001').arm({ kind: 'flash-failure', flashOperation: nth });
    assert.equal((await download(dfu, newImage)).status, status);
  }
});

test('REQ-OTA-USB-02 where the unit marks by manifestation, no ACTIVATE is needed', async () => {
  const bench = openTestBench({ pendingBy: 'manifestation' });
  const dfu = await enterDfuMode(bench);
  await download(dfu, newImage);
  assert.equal((await readInformation(dfu)).slots[1]?.state, 'pending');
});

test('REQ-OTA-USB-02 a unit that inspects downloads refuses what is no image and what is half of one', async () => {
  const bench = openTestBench({ inspectsDownload: true });
  const dfu = await enterDfuMode(bench);
  assert.equal((await download(dfu, new Uint8Array(5000))).status, DfuStatus.errFILE);
  await classOut(dfu, DfuRequest.CLRSTATUS);
  assert.equal((await download(dfu, newImage.subarray(0, 4096))).status, DfuStatus.errNOTDONE);
});

test('REQ-OTA-USB-02 ACTIVATE is stalled for the running slot, for a slot without an image, and CONFIRM outside the application', async () => {
  const bench = openTestBench();
  const dfu = await enterDfuMode(bench);
  await assert.rejects(vendorOut(dfu, 0xd1, 0), /endpoint stalled/);
  await assert.rejects(vendorOut(dfu, 0xd1, 1), /endpoint stalled/);
  await assert.rejects(vendorOut(dfu, 0xd2), /endpoint stalled/);
  await assert.rejects(vendorOut(dfu, 0xd4), /endpoint stalled/);
});

test('REQ-OTA-USB-02 without willDetach only a bus reset within the time-out enters DFU mode', async () => {
  for (const [waitMs, productId] of [
    [500, 0x0002],
    [1500, 0x0001],
  ] as const) {
    const bench = openTestBench({ attributes: 0x07 });
    const device = await openDevice(bench);
    await classOut(device, DfuRequest.DETACH, 1000);
    assert.equal((await getStatus(device)).state, DfuState.appDETACH);
    bench.clock.advance(waitMs);
    await device.reset();
    await bench.bus.settle();
    assert.equal((await bench.bus.getDevices())[0]?.productId, productId);
  }
});

test('REQ-OTA-USB-02 a bus reset in DFU mode boots the application, where nothing is pending the old one', async () => {
  const bench = openTestBench();
  const dfu = await enterDfuMode(bench);
  await download(dfu, newImage);
  await dfu.reset();
  const information = await readInformation(await openDevice(bench));
  assert.deepEqual([information.mode, information.slots[0]?.version], ['application', '1.0.0+1']);
});

test('REQ-OTA-VER-01 the boot loader refuses an image below the confirmed security counter', async () => {
  const bench = openTestBench();
  const device = await installTrial(bench, newImage);
  await vendorOut(device, 0xd3);
  await bench.bus.settle();
  bench.bus.powerCycle(POSITION);
  const older = await readInformation(
    await installTrial(bench, signedImage({ version: '3.0.0+1', securityCounter: 1 })),
  );
  assert.equal(older.slots[0]?.version, '2.0.0+7');
  assert.equal(older.slots[1]?.state, 'empty');
});

test('REQ-OTA-APP-05 a unit with nothing to revert to does not reset itself for ever', async () => {
  for (const description of [
    { start: 'hang' } as const,
    { selfTests: [{ name: 'ram', passes: false, detail: '' }], onFailure: 'reset' } as const,
  ]) {
    const bench = openTestBench({ watchdogMs: 1000 }, { empty: true });
    const loader = await openDevice(bench);
    await loader.selectAlternateInterface(0, 1);
    await download(loader, signedImage({ version: '2.0.0+7', securityCounter: 2, description }));
    await vendorOut(loader, 0xd1, 1);
    await vendorOut(loader, 0xd3);
    await bench.bus.settle();
    const { mode } = bench.unit('VU-0001');
    assert.equal(mode, 'start' in description ? 'silent' : 'application');
  }
});
