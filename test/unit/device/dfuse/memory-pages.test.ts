import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseMemoryLayout, type MemoryLayout } from '../../../../core/device/dfuse/memory-layout.ts';
import { checkReadable, findWritablePages } from '../../../../core/device/dfuse/memory-pages.ts';

function layoutOf(string: string): MemoryLayout {
  const layout = parseMemoryLayout(string);
  assert.ok(layout.ok);
  return layout.value;
}

const f4 = layoutOf('@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg');
const range = (startAddress: number, endAddress: number) => ({ startAddress, endAddress });
const whole = range(0x0800_0000, 0x0810_0000);

function refusedWith(layout: MemoryLayout, wanted: ReturnType<typeof range>, bounds = whole): string | null {
  const pages = findWritablePages(layout, wanted, bounds);
  return pages.ok ? null : pages.reason;
}

test('REQ-OTA-USB-01 the pages of a range follow the sizes of the layout', () => {
  const pages = findWritablePages(f4, range(0x0800_c000, 0x0802_0001), whole);
  assert.ok(pages.ok);
  assert.deepEqual(
    pages.value.map(({ startAddress, endAddress }) => [startAddress, endAddress - startAddress]),
    [
      [0x0800_c000, 0x4000],
      [0x0801_0000, 0x1_0000],
      [0x0802_0000, 0x2_0000],
    ],
  );
});

test('REQ-OTA-APP-01 a range that leaves its slot is refused', () => {
  const slot = range(0x0800_4000, 0x0801_0000);
  assert.match(refusedWith(f4, range(0x0800_4000, 0x0801_0001), slot) ?? '', /reach out of the slot/);
  assert.match(refusedWith(f4, range(0x0800_3fff, 0x0800_5000), slot) ?? '', /reach out of the slot/);
  assert.equal(refusedWith(f4, range(0x0800_4000, 0x0801_0000), slot), null);
});

test('REQ-OTA-APP-01 a page that reaches over the end of the slot is refused, since erasing it would hit a neighbour', () => {
  const slot = range(0x0801_0000, 0x0801_8000);
  assert.match(refusedWith(f4, range(0x0801_0000, 0x0801_1000), slot) ?? '', /share the page/);
});

test('REQ-OTA-APP-01 memory that the layout calls read-only is refused', () => {
  const leaf = layoutOf('@Internal Flash  /0x08000000/20*001Ka,108*001Kg');
  assert.match(refusedWith(leaf, range(0x0800_4c00, 0x0800_5400)) ?? '', /may not be written at 0x08004C00/);
  assert.equal(refusedWith(leaf, range(0x0800_5000, 0x0800_5400)), null);
});

test('REQ-OTA-USB-04 memory that the layout lacks, or states twice, is refused', () => {
  assert.match(refusedWith(f4, range(0x0810_0000, 0x0810_0001), range(0x0800_0000, 0x0900_0000)) ?? '', /not in its/);
  const within = layoutOf('@Flash /0x08000000/4*16Kg/0x08006000/1*1Kg');
  assert.match(refusedWith(within, range(0x0800_4000, 0x0800_4100)) ?? '', /stated twice in the page/);
  assert.equal(refusedWith(within, range(0x0800_8000, 0x0800_8100)), null);
  const twice = layoutOf('@Flash /0xF000/4*100Ba/0xE000/3*8Kg');
  assert.match(refusedWith(twice, range(0xf000, 0xf100), range(0, 0x2_0000)) ?? '', /stated twice/);
});

test('REQ-OTA-USB-04 a layout with more pages than any part has is refused', () => {
  const bytes = layoutOf(`@RAM/0x20000000/${Array.from({ length: 12 }, () => '9999*1Bg').join(',')}`);
  assert.match(refusedWith(bytes, range(0x2000_0000, 0x2001_5000), range(0, 0xffff_ffff)) ?? '', /too many pages/);
});

test('REQ-OTA-USB-01 memory that needs no erasing is told apart', () => {
  const pages = findWritablePages(
    layoutOf('@SRAM/0x20000000/01*252Ke'),
    range(0x2000_0000, 0x2000_0010),
    range(0x2000_0000, 0x2003_f000),
  );
  assert.deepEqual(pages.ok && pages.value.map(({ isErasable }) => isErasable), [false]);
});

test('REQ-OTA-USB-04 only memory that is stated as readable is read', () => {
  assert.ok(checkReadable(f4, range(0x0800_0000, 0x0810_0000)).ok);
  assert.ok(!checkReadable(f4, range(0x0800_0000, 0x0810_0001)).ok);
  assert.ok(!checkReadable(layoutOf('@Keys/0x08000000/4*1Kd'), range(0x0800_0000, 0x0800_0001)).ok);
});
