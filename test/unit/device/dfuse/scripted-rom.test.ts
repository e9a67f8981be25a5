import assert from 'node:assert/strict';
import { test } from 'node:test';
import { refuse, RefusalError } from '../../../../contract/result.ts';
import { DfuPort } from '../../../../core/device/dfu/dfu-port.ts';
import { openDfuInterface } from '../../../../core/device/dfu/open-interface.ts';
import { DfuseSession } from '../../../../core/device/dfuse/dfuse-session.ts';
import { readSlotImage } from '../../../../core/device/dfuse/read-slot-image.ts';
import { UsbLink } from '../../../../core/device/usb-link.ts';
import { FLASH_ADDRESS } from '../../../../simulator/stm32/stm32-options.ts';
import { noAlarm } from '../../../helpers/alarms.ts';
import { properUnit } from '../../../helpers/scripted-dfu-session.ts';
import { ScriptedUsbDevice, stringDescriptor } from '../../../helpers/scripted-usb-device.ts';
import { openRom, openStm32Bench, stm32Image } from '../../../helpers/stm32-bench.ts';
import { TestClock } from '../../../helpers/test-clock.ts';

const BANK_BYTES = 64 * 1024;
const bank2 = { startAddress: FLASH_ADDRESS + BANK_BYTES, endAddress: FLASH_ADDRESS + 2 * BANK_BYTES };
const rom = () => openStm32Bench({}, { banks: [stm32Image(1)], boot0: true });

for (const [what, described, code] of [
  ['plain DFU in its boot loader', { version: 0x0110 }, 'device.dfu-version'],
  ['DfuSe in its application', { version: 0x011a, protocol: 1 }, 'device.wrong-mode'],
  ['DfuSe in its boot loader', { version: 0x011a }, null],
] as const) {
  test(`REQ-OTA-APP-01 a unit that speaks ${what} is ${code === null ? 'taken' : 'sent nothing'}`, async () => {
    const strings = { 0: Uint8Array.of(4, 3, 9, 4), 4: stringDescriptor('@Flash /0x08000000/4*1Kg') };
    const device = new ScriptedUsbDevice({ respond: properUnit(() => 'proper', { ...described, strings }) });
    const link = new UsbLink(device, 'linux', { alarm: noAlarm });
    assert.ok((await link.open()).ok);
    const limits = { transferMs: 100, blockMs: 100, manifestMs: 100, maxPollTimeoutMs: 100 };
    const options = { link, limits, interfaceNumber: 0, hostTransferBytes: 64, quirks: new Set<never>() };
    const opened = await openDfuInterface({ ...options, clock: new TestClock() });
    assert.ok(opened.ok);
    const session = DfuseSession.over(opened.value, 100, null);
    assert.equal(session.ok ? null : session.code, code);
    assert.ok(!device.log.some((entry) => entry.startsWith('DNLOAD')));
  });
}

test('REQ-OTA-USB-04 fewer bytes than were asked for are not taken for the memory', async () => {
  const bench = rom();
  const { session, flash } = await openRom(bench);
  const read = bench.part.chip.read.bind(bench.part.chip);
  bench.part.chip.read = (address, lenBytes) => read(address, lenBytes)?.subarray(0, Math.max(1, lenBytes - 4));
  const short = await session.readBytes(flash, FLASH_ADDRESS, 64);
  assert.equal(short.ok ? null : short.code, 'device.upload-short');
});

test('REQ-OTA-USB-01 the last bytes of the memory are read without asking for what lies behind it', async () => {
  const bench = rom();
  bench.part.chip.flash.program(2 * BANK_BYTES - 8, Buffer.alloc(8, 0x5a));
  const { session, flash } = await openRom(bench);
  const last = await session.readBytes(flash, bank2.endAddress - 2056, 2056);
  assert.ok(last.ok && last.value.subarray(-8).equals(Buffer.alloc(8, 0x5a)), last.ok ? '' : last.reason);
});

test('REQ-OTA-USB-04 a unit that says that it will not start what it was told to has not left', async () => {
  for (const [state, status, code] of [
    [10, 10, 'device.err-firmware'],
    [10, 0, 'device.err-unknown'],
    [7, 0, null],
  ] as const) {
    const bench = rom();
    const { session, flash } = await openRom(bench);
    let hasEnded = false;
    const control = bench.part.control.bind(bench.part);
    bench.part.control = (setup, data) => {
      if (hasEnded && setup.request === 3 && setup.type === 'class') {
        return { kind: 'data', bytes: Uint8Array.of(status, 0, 0, 0, state, 0) };
      }
      hasEnded ||= setup.type === 'class' && setup.request === 1 && data.length === 0;
      return control(setup, data);
    };
    const left = await session.leave(flash, FLASH_ADDRESS);
    assert.equal(left.ok ? null : left.code, code);
  }
});

test('REQ-OTA-SIG-04 an image that cannot be read on leaves the unit in dfuIDLE', async () => {
  const bench = rom();
  const { session, flash, link } = await openRom(bench);
  async function* broken(): AsyncGenerator<Uint8Array> {
    await Promise.resolve();
    yield new Uint8Array(5000);
    throw new RefusalError(refuse('bundle.image-hash', 'The stored image was changed.'));
  }
  const written = await session.writeSlot(flash, {
    slot: bank2,
    erase: 'image',
    image: broken(),
    lenBytes: 9000,
    progress: () => undefined,
  });
  assert.equal(written.ok ? null : written.code, 'bundle.image-hash');
  assert.deepEqual(await new DfuPort(link, 0, 100).getState(), { ok: true, value: 'dfuIDLE' });
});

test('REQ-OTA-USB-04 an image that would reach over the end of its slot is none, whatever its header and TLVs say', async () => {
  const image = stm32Image(2);
  for (const [roomBytes, damage, state] of [
    [BANK_BYTES, () => undefined, 'image'],
    [image.length, () => undefined, 'image'],
    [image.length - 1, () => undefined, 'invalid'],
    [image.length - 600, () => undefined, 'invalid'],
    [16, () => undefined, 'invalid'],
    [BANK_BYTES, (bytes: Buffer) => bytes.writeUInt32LE(BANK_BYTES, 12), 'invalid'],
    [BANK_BYTES, (bytes: Buffer) => bytes.writeUInt16LE(9000, bytes.lastIndexOf(Buffer.of(0x07, 0x69)) + 2), 'invalid'],
    [BANK_BYTES, (bytes: Buffer) => bytes.writeUInt16LE(0, bytes.lastIndexOf(Buffer.of(0x07, 0x69)) + 2), 'invalid'],
    [BANK_BYTES, (bytes: Buffer) => bytes.fill(0xff), 'empty'],
  ] as const) {
    const bench = openStm32Bench({}, { boot0: true });
    const bytes = Buffer.concat([image, Buffer.alloc((8 - (image.length % 8)) % 8, 0xff)]);
    damage(bytes);
    bench.part.chip.flash.program(BANK_BYTES, bytes);
    const { session, flash } = await openRom(bench);
    const range = { startAddress: bank2.startAddress, endAddress: bank2.startAddress + roomBytes };
    const content = await readSlotImage(session, flash, range);
    assert.equal(content.ok ? content.value.state : content.code, state, `${roomBytes}`);
  }
});
