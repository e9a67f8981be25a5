import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test, { type TestContext } from 'node:test';
import { DfuRequest, DfuState } from '../../../core/device/dfu/constants.ts';
import { openVirtualBench } from '../../../simulator/virtual-bench.ts';
import { TestClock } from '../../helpers/test-clock.ts';
import {
  classOut,
  download,
  enterDfuMode,
  getStatus,
  installTrial,
  newImage,
  openDevice,
  openTestBench,
  readInformation,
  SERIAL,
  signedImage,
  vendorOut,
} from './bench.ts';

function makeFolder(context: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'drydock-bench-'));
  context.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('REQ-OTA-USB-02 the next run sees the units as the last one left them', async (context) => {
  const folder = makeFolder(context);
  const first = openTestBench({}, { folder });
  await installTrial(first, newImage);
  await first.close();
  const second = { clock: new TestClock(), ...openVirtualBench({ folder, clock: new TestClock() }) };
  const information = await readInformation(await openDevice(second));
  assert.equal(information.slots[0]?.version, '2.0.0+7');
  assert.equal(information.selfTest.state, 'passed', 'it was not booted again');
  await second.close();
});

test('REQ-OTA-APP-04 a run that was killed leaves the unit in DFU mode, where the next one finds it', async (context) => {
  const folder = makeFolder(context);
  const killed = openTestBench({}, { folder });
  await download(await enterDfuMode(killed), newImage);
  rmSync(join(folder, 'bench.lock'));
  const next = openTestBench({}, { folder });
  const device = await openDevice(next);
  assert.equal(device.productId, 0x0002);
  assert.equal((await readInformation(device)).slots[1]?.state, 'image');
  await next.close();
});

test('REQ-OTA-APP-04 a download that the host left half-way is still open in the next run', async (context) => {
  const folder = makeFolder(context);
  const first = openTestBench({}, { folder });
  const dfu = await enterDfuMode(first);
  await classOut(dfu, DfuRequest.DNLOAD, 0, newImage.subarray(0, 4096));
  await getStatus(dfu);
  await first.close();
  const second = openTestBench({}, { folder });
  const device = await openDevice(second);
  assert.equal((await getStatus(device)).state, DfuState['dfuDNLOAD-IDLE']);
  await classOut(device, DfuRequest.ABORT);
  await device.selectAlternateInterface(0, 1);
  assert.equal((await download(device, newImage)).state, DfuState.dfuIDLE);
  await second.close();
});

test('REQ-OTA-APP-03 the trial, its result and the security counter survive between runs', async (context) => {
  const folder = makeFolder(context);
  const image = signedImage({
    version: '2.0.0+7',
    securityCounter: 2,
    description: { selfTests: [{ name: 'pump', passes: false, detail: 'stuck' }] },
  });
  const first = openTestBench({}, { folder });
  await installTrial(first, image);
  await first.close();
  const second = openTestBench({}, { folder });
  const device = await openDevice(second);
  assert.equal((await readInformation(device)).selfTest.state, 'failed');
  await vendorOut(device, 0xd3);
  await second.close();
  const third = openTestBench({}, { folder });
  const information = await readInformation(await openDevice(third));
  assert.deepEqual([information.slots[0]?.version, information.previousSelfTest?.state], ['1.0.0+1', 'failed']);
  assert.equal(third.unit(SERIAL).saveMemory().securityCounter, 1);
  await third.close();
});

test('REQ-OTA-USB-02 a folder keeps one flash image per unit and is held by one program at a time', async (context) => {
  const folder = makeFolder(context);
  const bench = openTestBench({}, { folder });
  assert.throws(() => openTestBench({}, { folder }), /is using the virtual bench/);
  await installTrial(bench, newImage);
  await bench.close();
  const files = readdirSync(join(folder, 'units', SERIAL)).sort();
  assert.equal(files.length, 2);
  assert.match(files.join(' '), /^flash-\d+\.bin state\.json$/);
  assert.deepEqual(readdirSync(folder), ['units']);
});

test('REQ-OTA-USB-02 the lock of a program that died is taken over', async (context) => {
  const folder = makeFolder(context);
  await openTestBench({}, { folder }).close();
  writeFileSync(join(folder, 'bench.lock'), '999999999');
  await openTestBench({}, { folder }).close();
});

test('REQ-OTA-USB-02 a state file that is not one is said to be so', async (context) => {
  const folder = makeFolder(context);
  await openTestBench({}, { folder }).close();
  writeFileSync(join(folder, 'units', SERIAL, 'state.json'), '{"format":2}');
  assert.throws(() => openTestBench({}, { folder }), /is not the state of a virtual unit/);
});

test('REQ-OTA-USB-02 a factory image that the boot loader would refuse is a mistake of who orders it', () => {
  assert.throws(() => openTestBench({ factoryImage: newImage.subarray(0, 100) }), /refuses its factory image/);
  assert.throws(() => openTestBench({ transferBytes: 8192 }), /wTransferSize/);
});

test('REQ-OTA-USB-02 asking for a unit that is not there is a mistake', () => {
  assert.throws(() => openTestBench().unit('VU-0002'), /no virtual unit VU-0002/);
});
