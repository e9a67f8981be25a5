import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DfuRequest, DfuState, DfuStatus } from '../../../../core/device/dfu/constants.ts';
import { FLASH_ADDRESS, OPTION_ADDRESS } from '../../../../simulator/stm32/stm32-options.ts';
import type { VirtualUsbDevice } from '../../../../simulator/usb-device.ts';
import { findDevice, openStm32Bench, stm32Image, type Stm32Bench } from '../../../helpers/stm32-bench.ts';
import { classIn, classOut, getStatus } from '../bench.ts';

/** Raw requests, as `dfu-util -a 0 -s 0x08000000` sends them; written from AN3156 and not from the station's code. */
async function openAsDfuUtil(bench: Stm32Bench, alternate = 0): Promise<VirtualUsbDevice> {
  const device = await findDevice(bench);
  await device.open();
  await device.claimInterface(0);
  await device.selectAlternateInterface(0, alternate);
  for (;;) {
    const { state } = await getStatus(device);
    if (state === DfuState.dfuIDLE) return device;
    await classOut(device, state === DfuState.dfuERROR ? DfuRequest.CLRSTATUS : DfuRequest.ABORT);
  }
}

function withAddress(command: number, address: number): Uint8Array {
  const bytes = Buffer.alloc(5, command);
  bytes.writeUInt32LE(address, 1);
  return bytes;
}

/** A special command: the first GETSTATUS must say dfuDNBUSY, the one after the wait dfuDNLOAD-IDLE. */
async function special(bench: Stm32Bench, device: VirtualUsbDevice, command: Uint8Array): Promise<number> {
  await classOut(device, DfuRequest.DNLOAD, 0, command);
  return await finish(bench, device);
}

async function finish(bench: Stm32Bench, device: VirtualUsbDevice): Promise<number> {
  const busy = await getStatus(device);
  assert.equal(busy.state, DfuState.dfuDNBUSY);
  bench.clock.advance(busy.pollMs);
  return (await getStatus(device)).status;
}

const setAddress = (address: number): Uint8Array => withAddress(0x21, address);
const erase = (address: number): Uint8Array => withAddress(0x41, address);

test('REQ-OTA-USB-02 the ROM is erased, written and read as dfu-util -s does', async () => {
  const bench = openStm32Bench({}, { banks: [stm32Image(1)], boot0: true });
  const device = await openAsDfuUtil(bench);
  const image = Buffer.alloc(4096, 0x5a);
  for (let at = 0; at < image.length; at += 2048) {
    assert.equal(await special(bench, device, erase(FLASH_ADDRESS + at)), DfuStatus.OK);
    assert.equal(await special(bench, device, setAddress(FLASH_ADDRESS + at)), DfuStatus.OK);
    await classOut(device, DfuRequest.DNLOAD, 2, image.subarray(at, at + 2048));
    assert.equal(await finish(bench, device), DfuStatus.OK);
  }
  assert.equal(await special(bench, device, setAddress(FLASH_ADDRESS)), DfuStatus.OK);
  await classOut(device, DfuRequest.ABORT);
  const blocks = [await classIn(device, DfuRequest.UPLOAD, 2, 2048), await classIn(device, DfuRequest.UPLOAD, 3, 2048)];
  assert.deepEqual(Buffer.concat(blocks), image);
});

test('the ROM comes up in dfuERROR, errFIRMWARE, and states its commands', async () => {
  const bench = openStm32Bench({}, { boot0: true });
  const device = await findDevice(bench);
  await device.open();
  await device.claimInterface(0);
  assert.deepEqual(await getStatus(device), { status: DfuStatus.errFIRMWARE, pollMs: 0, state: DfuState.dfuERROR });
  await classOut(device, DfuRequest.CLRSTATUS);
  assert.equal((await classIn(device, DfuRequest.UPLOAD, 0, 64)).toString('hex'), '00214192');
});

test('a download is done when GETSTATUS asks for it, and not before', async () => {
  const bench = openStm32Bench({}, { banks: [stm32Image(1)], boot0: true });
  const device = await openAsDfuUtil(bench);
  const before = bench.part.chip.flash.operations;
  await classOut(device, DfuRequest.DNLOAD, 0, erase(FLASH_ADDRESS));
  assert.equal(bench.part.chip.flash.operations, before);
  await getStatus(device);
  assert.equal(bench.part.chip.flash.operations, before + 1);
});

test('while the part is busy it says so with the time that is left', async () => {
  const bench = openStm32Bench({ erasePageMs: 40 }, { boot0: true });
  const device = await openAsDfuUtil(bench);
  await classOut(device, DfuRequest.DNLOAD, 0, erase(FLASH_ADDRESS));
  assert.equal((await getStatus(device)).pollMs, 40);
  bench.clock.advance(30);
  assert.deepEqual(await getStatus(device), { status: DfuStatus.OK, pollMs: 10, state: DfuState.dfuDNBUSY });
  bench.clock.advance(10);
  assert.equal((await getStatus(device)).state, DfuState['dfuDNLOAD-IDLE']);
});

test('a protected part neither reads nor writes, and unlocking it erases everything', async () => {
  const bench = openStm32Bench({}, { banks: [stm32Image(1)], boot0: true });
  bench.part.chip.optionBytes.protect();
  const device = await openAsDfuUtil(bench);
  await assert.rejects(classIn(device, DfuRequest.UPLOAD, 2, 64), /stalled/);
  assert.equal((await getStatus(device)).status, DfuStatus.errVENDOR);
  await classOut(device, DfuRequest.CLRSTATUS);
  await classOut(device, DfuRequest.DNLOAD, 0, Uint8Array.of(0x92));
  await assert.rejects(getStatus(device), /disconnected/);
  assert.ok(bench.part.chip.flash.snapshot().every((byte) => byte === 0xff));
  assert.equal(bench.part.chip.optionBytes.readProtection, 'none');
});

test('an address outside of the memory is errTARGET', async () => {
  const bench = openStm32Bench({}, { boot0: true });
  const device = await openAsDfuUtil(bench);
  assert.equal(await special(bench, device, setAddress(0x3000_0000)), DfuStatus.errTARGET);
});

test('a word that was written stays as it is until its page is erased', async () => {
  const bench = openStm32Bench({}, { banks: [stm32Image(1)], boot0: true });
  const device = await openAsDfuUtil(bench);
  assert.equal(await special(bench, device, setAddress(FLASH_ADDRESS)), DfuStatus.OK);
  await classOut(device, DfuRequest.DNLOAD, 2, Buffer.alloc(64, 0x5a));
  assert.equal(await finish(bench, device), DfuStatus.errPROG);
});

test('option bytes count from the restart that their write brings about', async () => {
  const bench = openStm32Bench({}, { banks: [stm32Image(1), stm32Image(2)] });
  assert.equal(bench.part.runningBank, 1);
  await detach(bench);
  const device = await openAsDfuUtil(bench, 1);
  assert.equal(await special(bench, device, setAddress(OPTION_ADDRESS)), DfuStatus.OK);
  await classOut(device, DfuRequest.ABORT);
  const bytes = await classIn(device, DfuRequest.UPLOAD, 2, 40);
  bytes.writeUInt32LE((bytes.readUInt32LE(0) | (1 << 20)) >>> 0, 0);
  bytes.writeUInt32LE(~bytes.readUInt32LE(0) >>> 0, 4);
  await classOut(device, DfuRequest.ABORT);
  assert.equal(await special(bench, device, setAddress(OPTION_ADDRESS)), DfuStatus.OK);
  await classOut(device, DfuRequest.DNLOAD, 2, bytes);
  await assert.rejects(getStatus(device), /disconnected/);
  await bench.bus.settle();
  assert.equal(bench.part.runningBank, 2);
});

test('option bytes with a wrong complement protect the part', () => {
  const bench = openStm32Bench({}, { boot0: true });
  bench.part.chip.optionBytes.write(Buffer.alloc(40, 0));
  assert.equal(bench.part.chip.optionBytes.readProtection, 'memory');
});

async function detach(bench: Stm32Bench): Promise<void> {
  const device = await findDevice(bench);
  await device.open();
  await device.claimInterface(0);
  await classOut(device, DfuRequest.DETACH, 1000);
}

const valid = stm32Image(1);
const boots = [
  ['bfb2, bit clear', { bankSelect: 'bfb2' }, [valid, valid], false, 1],
  ['bfb2, bit set', { bankSelect: 'bfb2' }, [valid, valid], true, 2],
  ['bfb2, bit set, bank 2 blank', { bankSelect: 'bfb2' }, [valid], true, 1],
  ['swap-bank, bit set', { bankSelect: 'swap-bank' }, [valid, valid], true, 2],
  ['swap-bank, bit set, bank 2 blank', { bankSelect: 'swap-bank' }, [valid], true, undefined],
  ['nothing in flash', { bankSelect: 'bfb2' }, [], false, undefined],
  [
    'a firmware that hangs',
    { bankSelect: 'bfb2' },
    [stm32Image(1, { description: { start: 'hang' } })],
    false,
    undefined,
  ],
] as const;

for (const [what, options, banks, bankBit, bank] of boots) {
  test(`the part starts ${bank === undefined ? 'no bank' : `bank ${bank}`}: ${what}`, async () => {
    const bench = openStm32Bench(options, { banks, bankBit });
    await bench.bus.settle();
    assert.equal(bench.part.runningBank, bank);
  });
}

test('a blank part stays in its ROM, and one without the empty check is dead until BOOT0 is set', async () => {
  assert.equal(openStm32Bench().part.mode, 'rom');
  const bench = openStm32Bench({ emptyCheck: false });
  assert.equal(bench.part.mode, 'dead');
  bench.part.boot0 = true;
  bench.bus.powerCycle(bench.position);
  assert.equal((await findDevice(bench)).productId, 0xdf11);
});

test('leaving jumps to the address, whichever bank the option bit names', async () => {
  const bench = openStm32Bench({}, { banks: [valid, valid], boot0: true, bankBit: true });
  const device = await openAsDfuUtil(bench);
  assert.equal(await special(bench, device, setAddress(FLASH_ADDRESS)), DfuStatus.OK);
  await classOut(device, DfuRequest.DNLOAD, 2);
  assert.equal((await getStatus(device)).state, DfuState.dfuMANIFEST);
  await bench.bus.settle();
  assert.equal(bench.part.runningBank, 1);
});

test('a power cut in the middle of an erase leaves the part dark until its supply comes back', async () => {
  const bench = openStm32Bench({}, { banks: [valid], boot0: true });
  const device = await openAsDfuUtil(bench);
  bench.part.arm({ kind: 'power-cut', flashOperation: 1, restoreAfterMs: 500 });
  await classOut(device, DfuRequest.DNLOAD, 0, erase(FLASH_ADDRESS));
  await assert.rejects(getStatus(device), /disconnected/);
  assert.equal(bench.part.mode, 'off');
  await bench.bus.settle();
  assert.equal(bench.part.mode, 'rom');
});
