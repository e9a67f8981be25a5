import assert from 'node:assert/strict';
import { parseMemoryLayout } from '../../../core/device/dfuse/memory-layout.ts';
import { checkReadable, findWritablePages } from '../../../core/device/dfuse/memory-pages.ts';
import type { FuzzTarget } from '../engine/target.ts';
import { checkRefusal } from '../support/check-refusal.ts';

const bounds = { startAddress: 0x0800_0000, endAddress: 0x0804_0000 };

/** The interface string in which a DfuSe unit describes its memory, and the pages that are looked up in it. */
export const target: FuzzTarget = {
  seeds: () => [
    Buffer.from('@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg'),
    Buffer.from('@Option Bytes  /0x1FFFC000/01*016 e/0x1FFEC000/01*016 e'),
    Buffer.from('@Internal Flash  /0x08000000/ 1536*128g'),
    Buffer.from('@Internal Flash  /0x08004000/00*002Ka,120*002Kg'),
    Buffer.from('@SSBL /0x03/1*16Me'),
    Buffer.from('@Flash3'),
  ],
  shapes: ['text'],
  dictionary: ['0x08000000', '0xFFFFFFFF', '9999*9999M', '*', 'Kg,', '0*'],
  run(input) {
    const layout = parseMemoryLayout(Buffer.from(input).toString('latin1'));
    checkRefusal(layout);
    if (!layout.ok) return;
    for (const { startAddress, pageCount, pageBytes } of layout.value.segments) {
      assert.ok(pageCount > 0 && pageBytes > 0, 'a segment of no memory');
      assert.ok(startAddress + pageCount * pageBytes <= 0x1_0000_0000, 'a segment beyond 32 bits');
    }
    const range = { startAddress: bounds.startAddress + 0x1000, endAddress: bounds.endAddress - 0x1000 };
    checkRefusal(checkReadable(layout.value, range));
    const pages = findWritablePages(layout.value, range, bounds);
    checkRefusal(pages);
    if (!pages.ok) return;
    let address = range.startAddress;
    for (const { startAddress, endAddress } of pages.value) {
      assert.ok(startAddress <= address && address < endAddress, 'a gap between two pages');
      assert.ok(bounds.startAddress <= startAddress && endAddress <= bounds.endAddress, 'a page outside of the slot');
      address = endAddress;
    }
    assert.ok(address >= range.endAddress, 'the pages do not hold the range');
  },
};
