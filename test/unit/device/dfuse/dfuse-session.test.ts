import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Result } from '../../../../contract/result.ts';
import { DfuPort } from '../../../../core/device/dfu/dfu-port.ts';
import type { SlotWrite } from '../../../../core/device/dfuse/dfuse-session.ts';
import { FLASH_ADDRESS, OPTION_ADDRESS } from '../../../../simulator/stm32/stm32-options.ts';
import {
  findDevice,
  openRom,
  openStm32Bench,
  stm32Image,
  type OpenedRom,
  type Stm32Bench,
} from '../../../helpers/stm32-bench.ts';

const BANK_BYTES = 64 * 1024;
const bank2 = { startAddress: FLASH_ADDRESS + BANK_BYTES, endAddress: FLASH_ADDRESS + 2 * BANK_BYTES };

async function* chunksOf(image: Buffer, chunkBytes = 1000): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  for (let at = 0; at < image.length; at += chunkBytes) yield image.subarray(at, at + chunkBytes);
}

function write(rom: OpenedRom, image: Buffer, settings: Partial<SlotWrite> = {}): Promise<Result<void>> {
  return rom.session.writeSlot(rom.flash, {
    slot: bank2,
    erase: 'image',
    image: chunksOf(image),
    lenBytes: image.length,
    progress: () => undefined,
    ...settings,
  });
}

function flashAt({ part }: Stm32Bench, address: number, lenBytes: number): Buffer {
  return Buffer.from(part.chip.flash.read(address - FLASH_ADDRESS, lenBytes));
}

async function read(rom: OpenedRom, startAddress: number, lenBytes: number): Promise<Result<Buffer>> {
  return await rom.session.readBytes(rom.flash, startAddress, lenBytes);
}

const image = stm32Image(2, { bodyBytes: 20_000 });
const rom = () => openStm32Bench({}, { banks: [stm32Image(1)], boot0: true });

test('REQ-OTA-USB-01 a DfuSe unit is erased, written and read back by address', async () => {
  const bench = rom();
  const opened = await openRom(bench);
  const done: number[] = [];
  const written = await write(opened, image, { progress: (bytes) => done.push(bytes) });
  assert.ok(written.ok, written.ok ? '' : written.reason);
  assert.deepEqual(flashAt(bench, bank2.startAddress, image.length), image);
  assert.equal(done.at(-1), image.length);
  assert.deepEqual(
    done.toSorted((left, right) => left - right),
    done,
    'progress never goes back',
  );
  const back = await read(opened, bank2.startAddress, image.length);
  assert.deepEqual(back.ok && back.value, image);
});

test('REQ-OTA-APP-01 only the pages under the image are erased', async () => {
  const bench = rom();
  const behind = flashAt(bench, FLASH_ADDRESS, BANK_BYTES);
  bench.part.chip.flash.program(BANK_BYTES + 22 * 1024, Buffer.alloc(8, 0x55));
  const before = bench.part.chip.flash.operations;
  assert.ok((await write(await openRom(bench), image)).ok);
  assert.deepEqual(flashAt(bench, FLASH_ADDRESS, BANK_BYTES), behind, 'the other bank is untouched');
  assert.deepEqual(flashAt(bench, bank2.startAddress + 22 * 1024, 8), Buffer.alloc(8, 0x55));
  // 10 pages of 2 KiB are erased, and 10 blocks of 2 KiB written.
  assert.equal(bench.part.chip.flash.operations - before, 2 * Math.ceil(image.length / 2048));
});

test('REQ-OTA-APP-05 the first block is written last, so that an unfinished image does not look like one', async () => {
  const bench = rom();
  bench.part.chip.flash.program(BANK_BYTES, Buffer.alloc(2048, 0x11));
  bench.part.arm({ kind: 'unplug', transfer: 'DNLOAD', nth: 15 });
  const written = await write(await openRom(bench), image);
  assert.equal(written.ok ? null : written.code, 'device.unplugged');
  assert.deepEqual(flashAt(bench, bank2.startAddress, 2048), Buffer.alloc(2048, 0xff));
  assert.deepEqual(flashAt(bench, bank2.startAddress + 4096, 2048), image.subarray(4096, 6144));
});

test('REQ-OTA-APP-01 an image that is larger than its slot is refused before anything is erased', async () => {
  const bench = rom();
  const before = bench.part.chip.flash.operations;
  const written = await write(await openRom(bench), image, {
    slot: { startAddress: bank2.startAddress, endAddress: bank2.startAddress + 4096 },
  });
  assert.equal(written.ok ? null : written.code, 'device.image-too-large');
  assert.equal(bench.part.chip.flash.operations, before);
  assert.deepEqual(bench.part.commands, []);
});

test('REQ-OTA-APP-01 an image of no bytes, or longer than its slot, is refused before all of the memory or the slot is erased', async () => {
  const bench = rom();
  const opened = await openRom(bench);
  const before = bench.part.chip.flash.operations;
  const short = { startAddress: bank2.startAddress, endAddress: bank2.startAddress + 4096 };
  for (const erase of ['slot', 'memory'] as const) {
    const empty = await write(opened, Buffer.alloc(0), { erase });
    assert.equal(empty.ok ? null : empty.code, 'device.image-length');
    const long = await write(opened, image, { erase, slot: short });
    assert.equal(long.ok ? null : long.code, 'device.image-too-large');
  }
  assert.equal(bench.part.chip.flash.operations, before);
});

test('REQ-OTA-APP-01 each page under the image is erased once, and in order', async () => {
  const bench = rom();
  const opened = await openRom(bench);
  const seen: number[] = [];
  const erase = bench.part.chip.erasePage.bind(bench.part.chip);
  bench.part.chip.erasePage = (address) => {
    seen.push(address);
    return erase(address);
  };
  assert.ok((await write(opened, image)).ok);
  assert.deepEqual(
    seen,
    Array.from({ length: 10 }, (_, page) => bank2.startAddress + page * 2048),
  );
});

test('REQ-OTA-APP-01 memory that the layout calls read-only is not written', async () => {
  const bench = openStm32Bench({ flashLayout: '@Internal Flash  /0x08000000/48*02Ka,16*02Kg' }, { boot0: true });
  const written = await write(await openRom(bench), image);
  assert.equal(written.ok ? null : written.code, 'device.layout-mismatch');
});

test('REQ-OTA-USB-01 a whole slot or the whole memory can be erased first', async () => {
  for (const [erase, otherIsKept] of [
    ['slot', true],
    ['memory', false],
  ] as const) {
    const bench = rom();
    bench.part.chip.flash.program(2 * BANK_BYTES - 8, Buffer.alloc(8, 0x55));
    const kept = flashAt(bench, FLASH_ADDRESS, 4096);
    const written = await write(await openRom(bench), image, { erase });
    assert.ok(written.ok, written.ok ? '' : written.reason);
    assert.deepEqual(flashAt(bench, bank2.startAddress, image.length), image);
    assert.deepEqual(flashAt(bench, bank2.endAddress - 8, 8), Buffer.alloc(8, 0xff));
    assert.equal(flashAt(bench, FLASH_ADDRESS, 4096).equals(kept), otherIsKept);
  }
});

test('REQ-OTA-USB-01 units that count the address by the length of each transfer are written alike', async () => {
  for (const addressedBy of ['descriptor', 'transfer'] as const) {
    for (const hostTransferBytes of [4096, 512]) {
      const bench = openStm32Bench({ addressedBy }, { boot0: true });
      const opened = await openRom(bench, { hostTransferBytes });
      assert.ok((await write(opened, image)).ok);
      assert.deepEqual(flashAt(bench, bank2.startAddress, image.length), image, `${addressedBy}, ${hostTransferBytes}`);
      const back = await read(opened, bank2.startAddress + 8, image.length - 8);
      assert.deepEqual(back.ok && back.value, image.subarray(8));
    }
  }
});

test('REQ-OTA-APP-01 a unit whose address pointer an erasure moves is written nowhere but where the image belongs', async () => {
  for (const eraseMovesPointer of [true, false]) {
    for (const pageBytes of [1024, 2048, 4096]) {
      const bench = openStm32Bench({ eraseMovesPointer, pageBytes }, { banks: [stm32Image(1)], boot0: true });
      const kept = flashAt(bench, FLASH_ADDRESS, BANK_BYTES);
      assert.ok((await write(await openRom(bench), image)).ok);
      const expected = Buffer.concat([kept, image, Buffer.alloc(BANK_BYTES - image.length, 0xff)]);
      assert.deepEqual(flashAt(bench, FLASH_ADDRESS, 2 * BANK_BYTES), expected, `${eraseMovesPointer}, ${pageBytes}`);
    }
  }
});

test('REQ-OTA-APP-04 what restarts the part when it is written is written at once or not at all', async () => {
  const bench = rom();
  const { session } = await openRom(bench, { hostTransferBytes: 32 });
  const options = session.findMemory(1);
  assert.ok(options.ok);
  const before = bench.part.chip.optionBytes.read();
  const written = await session.writeBytes(options.value, OPTION_ADDRESS, Uint8Array.from(before));
  assert.equal(written.ok ? null : written.code, 'device.block-too-long');
  assert.deepEqual(bench.part.commands, []);
  assert.equal(bench.part.mode, 'rom');
});

test('REQ-OTA-USB-04 a unit that says that it takes no downloads is sent none', async () => {
  const bench = openStm32Bench({ attributes: 0x0a }, { boot0: true });
  const opened = await openRom(bench);
  const options = opened.session.findMemory(1);
  assert.ok(options.ok);
  const tried = [
    await write(opened, image),
    await opened.session.writeBytes(options.value, OPTION_ADDRESS, new Uint8Array(40)),
  ];
  assert.deepEqual(
    tried.map((result) => (result.ok ? null : result.code)),
    ['device.download-unsupported', 'device.download-unsupported'],
  );
  assert.deepEqual(bench.part.commands, []);
});

test('REQ-OTA-USB-01 the poll times of the unit are waited, and not more', async () => {
  const bench = rom();
  const opened = await openRom(bench);
  const startMs = bench.clock.monotonicMs();
  assert.ok((await write(opened, image)).ok);
  // 10 pages of 22 ms, and 20 KiB of 12 ms for each KiB, rounded up with each block.
  const flashMs = 10 * 22 + 9 * 24 + Math.ceil(((image.length % 2048) / 1024) * 12);
  assert.equal(bench.clock.monotonicMs() - startMs, flashMs);
});

test('REQ-OTA-USB-04 a unit that is read-protected is refused with what to do, and never unlocked', async () => {
  const bench = rom();
  bench.part.chip.optionBytes.protect();
  const before = bench.part.chip.flash.snapshot();
  const opened = await openRom(bench);
  for (const refused of [await write(opened, image), await read(opened, FLASH_ADDRESS, 64)]) {
    assert.equal(refused.ok ? null : refused.code, 'device.read-protected');
    assert.match(refused.ok ? '' : refused.reason, /was not changed.*Drydock never does.*vendor/s);
  }
  assert.ok(!bench.part.commands.includes(0x92));
  assert.deepEqual(bench.part.chip.flash.snapshot(), before);
});

test('REQ-OTA-USB-04 a page that cannot be erased and a word that cannot be programmed are told apart', async () => {
  for (const [flashOperation, code] of [
    [1, 'device.err-erase'],
    [3, 'device.err-prog'],
  ] as const) {
    const bench = rom();
    const opened = await openRom(bench);
    bench.part.arm({ kind: 'flash-failure', flashOperation });
    const written = await write(opened, image);
    assert.equal(written.ok ? null : written.code, code);
    assert.ok((await write(opened, image)).ok, 'the unit was led back to dfuIDLE');
  }
});

test('REQ-OTA-USB-01 a ROM that stalls GETSTATUS while it is busy is waited for', async () => {
  const bench = openStm32Bench({ whileBusy: 'stall' }, { boot0: true });
  // It needs longer than it says.
  const opened = await openRom(bench);
  bench.part.arm({ kind: 'stall', transfer: 'GETSTATUS', nth: 2 });
  assert.ok((await write(opened, image)).ok);
  for (let nth = 2; nth <= 5; nth += 1) bench.part.arm({ kind: 'stall', transfer: 'GETSTATUS', nth });
  const written = await write(opened, image);
  assert.equal(written.ok ? null : written.code, 'device.stalled');
});

test('REQ-OTA-USB-01 a mass erase whose stated time is wrong is waited for by the quirk', async () => {
  const options = { massEraseMs: 20_000, massErasePollMs: 100, whileBusy: 'stall' } as const;
  const plain = openStm32Bench(options, { boot0: true });
  const refused = await write(await openRom(plain), image, { erase: 'memory' });
  assert.equal(refused.ok ? null : refused.code, 'device.stalled');
  const bench = openStm32Bench(options, { boot0: true });
  const written = await write(await openRom(bench, { quirks: ['mass-erase-time-wrong'] }), image, { erase: 'memory' });
  assert.ok(written.ok, written.ok ? '' : written.reason);
});

test('REQ-OTA-USB-04 a pause beyond the limits of the profile is refused', async () => {
  const bench = openStm32Bench({ erasePageMs: 60_000 }, { boot0: true });
  const absurd = await write(await openRom(bench), image);
  assert.equal(absurd.ok ? null : absurd.code, 'device.poll-timeout-absurd');
  const slow = openStm32Bench({ erasePageMs: 20_000 }, { boot0: true });
  const late = await write(await openRom(slow), image);
  assert.equal(late.ok ? null : late.code, 'device.busy-too-long');
});

test('a write is cancelled between two blocks, and the unit is ready for the next', async () => {
  const bench = rom();
  const opened = await openRom(bench);
  const abort = new AbortController();
  const progress = (): void => abort.abort();
  const written = await write(opened, image, { progress, signal: abort.signal });
  assert.equal(written.ok ? null : written.code, 'device.cancelled');
  assert.ok((await write(opened, image)).ok);
});

test('REQ-OTA-USB-01 a unit is left to the address that is to start', async () => {
  const bench = openStm32Bench({}, { banks: [stm32Image(1), stm32Image(2)], boot0: true });
  const { session, flash, link } = await openRom(bench);
  const left = await session.leave(flash, bank2.startAddress);
  assert.ok(left.ok, left.ok ? '' : left.reason);
  await link.close();
  assert.equal((await findDevice(bench)).productId, 0x0003);
  assert.equal(bench.part.runningBank, 2);
});

test('REQ-OTA-USB-01 a unit that leaves at once, or falls silent, has left', async () => {
  const gd32 = openStm32Bench({ leavesAtOnce: true }, { banks: [stm32Image(1)], boot0: true });
  const opened = await openRom(gd32);
  assert.ok((await opened.session.leave(opened.flash, FLASH_ADDRESS)).ok);
  const silent = openStm32Bench({}, { banks: [stm32Image(1)], boot0: true });
  const other = await openRom(silent);
  silent.part.arm({ kind: 'timeout', transfer: 'GETSTATUS', nth: 3, applied: true });
  assert.ok((await other.session.leave(other.flash, FLASH_ADDRESS)).ok);
});

test('REQ-OTA-USB-04 an address outside of all memory is refused by the unit and by the host', async () => {
  const bench = rom();
  const opened = await openRom(bench);
  const beyond = await read(opened, FLASH_ADDRESS + 2 * BANK_BYTES, 4);
  assert.equal(beyond.ok ? null : beyond.code, 'device.layout-mismatch');
  const left = await opened.session.leave(opened.flash, 0x3000_0000);
  assert.equal(left.ok ? null : left.code, 'device.err-address');
});

test('REQ-OTA-APP-04 an erasure of everything that another program sent and did not start is never started', async () => {
  const bench = rom();
  const before = bench.part.chip.flash.operations;
  const held = flashAt(bench, FLASH_ADDRESS, BANK_BYTES);
  const { link, session } = await openRom(bench);
  assert.ok((await session.recover()).ok);
  assert.ok((await new DfuPort(link, 0, 5000).download(0, Uint8Array.of(0x41))).ok);
  await link.close();
  const opened = await openRom(bench);
  const back = await read(opened, FLASH_ADDRESS, BANK_BYTES);
  assert.deepEqual(back.ok && back.value, held);
  assert.equal(bench.part.chip.flash.operations, before);
  assert.ok((await write(opened, image)).ok, 'the unit is as good as before');
  assert.deepEqual(flashAt(bench, FLASH_ADDRESS, BANK_BYTES), held, 'the other bank is untouched');
});

test('REQ-OTA-USB-01 memories are found by number, and by a name that only one has', async () => {
  const bench = rom();
  const { session } = await openRom(bench);
  const byName = session.findMemory('option byte');
  assert.equal(byName.ok && byName.value.alternate, 1);
  assert.equal(byName.ok && byName.value.layout.segments[0]?.startAddress, OPTION_ADDRESS);
  assert.ok(!session.findMemory(7).ok);
  const alike = await openRom(openStm32Bench({ optionAlternate: 'hidden' }, { boot0: true }));
  const several = alike.session.findMemory('Internal Flash');
  assert.match(several.ok ? '' : several.reason, /3 memories named/);
  assert.ok(alike.session.findMemory(0).ok);
});

test('REQ-OTA-USB-01 the memory of a GD32VF103 is corrected by its serial number', async () => {
  const gd32 = { flashLayout: '@Internal Flash  /0x08000000/512*002Kg', romSerial: '3CBJ' };
  const bench = openStm32Bench(gd32, { boot0: true });
  const plain = await openRom(bench);
  assert.equal(plain.flash.layout.segments[0]?.pageCount, 512);
  await plain.link.close();
  const { flash } = await openRom(bench, { quirks: ['layout-from-serial'] });
  assert.deepEqual(
    flash.layout.segments.map(({ pageCount, pageBytes }) => [pageCount, pageBytes]),
    [[128, 1024]],
  );
});

test('REQ-OTA-USB-04 a GD32VF103 whose serial number says nothing is not written', async () => {
  const bench = openStm32Bench({ romSerial: '30784' }, { boot0: true });
  const { session } = await openRom(bench);
  assert.ok(session.findMemory(0).ok);
  await assert.rejects(
    openRom(openStm32Bench({ romSerial: '30784' }, { boot0: true }), { quirks: ['layout-from-serial'] }),
    /does not tell how much memory/,
  );
});

test('REQ-OTA-APP-04 a unit that does not know GETSTATE is not asked for its status before what another program sent is taken back', async () => {
  const bench = rom();
  const before = bench.part.chip.flash.operations;
  const { link, session } = await openRom(bench);
  assert.ok((await session.recover()).ok);
  assert.ok((await new DfuPort(link, 0, 5000).download(0, Uint8Array.of(0x41))).ok);
  await link.close();
  for (let nth = 1; nth <= 8; nth += 1) bench.part.arm({ kind: 'stall', transfer: 'GETSTATE', nth });
  const opened = await openRom(bench);
  const back = await read(opened, FLASH_ADDRESS, 64);
  assert.ok(back.ok, back.ok ? '' : back.reason);
  assert.equal(bench.part.chip.flash.operations, before);
});

test('REQ-OTA-APP-03 an image whose beginning is withheld is written but for that, which stays erased', async () => {
  for (const [withheldBytes, shown] of [
    [8, image],
    [8, image.subarray(0, 8)],
    [8, image.subarray(0, 2048)],
    [0, image],
  ] as const) {
    const bench = rom();
    bench.part.chip.flash.program(BANK_BYTES, Buffer.alloc(2048, 0x11));
    assert.ok((await write(await openRom(bench), Buffer.from(shown), { withheldBytes })).ok);
    const expected = Buffer.concat([Buffer.alloc(withheldBytes, 0xff), shown.subarray(withheldBytes)]);
    assert.deepEqual(flashAt(bench, bank2.startAddress, shown.length), expected);
  }
});
