import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parseMemoryLayout, type MemorySegment } from '../../../../core/device/dfuse/memory-layout.ts';

interface StatedSegment {
  readonly start: string;
  readonly pageCount: number;
  readonly pageBytes: number;
  readonly readable: boolean;
  readonly erasable: boolean;
  readonly writable: boolean;
}

interface StatedLayout {
  readonly string: string;
  readonly device: string;
  readonly expected: { readonly name: string; readonly segments: readonly StatedSegment[] } | null;
}

const fixture = new URL('../../../fixtures/dfuse/layouts.json', import.meta.url);
const { layouts } = JSON.parse(readFileSync(fixture, 'utf8')) as { readonly layouts: readonly StatedLayout[] };

function toSegment(stated: StatedSegment): MemorySegment {
  const { start, pageCount, pageBytes, readable, erasable, writable } = stated;
  return {
    startAddress: Number(start),
    pageCount,
    pageBytes,
    isReadable: readable,
    isErasable: erasable,
    isWritable: writable,
  };
}

test('REQ-OTA-USB-01 all 90 layout strings are there', () => assert.equal(layouts.length, 90));

for (const [index, { string, device, expected }] of layouts.entries()) {
  test(`REQ-OTA-USB-01 layout ${index + 1}, ${device}, is ${expected === null ? 'refused' : 'read'}`, () => {
    const parsed = parseMemoryLayout(string);
    if (expected === null) {
      assert.equal(parsed.ok ? null : parsed.code, 'device.layout-invalid');
      return;
    }
    assert.ok(parsed.ok);
    assert.equal(parsed.value.name, expected.name);
    // A group of no pages is no memory.
    const segments = expected.segments.filter(({ pageCount }) => pageCount > 0).map(toSegment);
    assert.deepEqual(parsed.value.segments, segments);
  });
}

const refused = [
  ['an address beyond 32 bits', '@Flash/0x100000000/1*1Kg'],
  ['memory that runs over the end of 32-bit addresses', '@Flash/0xFFFFFC00/2*1Kg'],
  ['pages of no bytes', '@Flash/0x08000000/4*0Kg'],
  ['five digits', '@Flash/0x08000000/10000*1Kg'],
  ['a type that does not exist', '@Flash/0x08000000/4*1Kh'],
  ['a good group and a broken one', '@Flash/0x08000000/4*16Kg,1*64K'],
  ['a group that ends in a comma', '@Flash/0x08000000/4*16Kg,'],
  ['an address that is none', '@Flash/08000000/4*16Kg'],
  ['a negative count', '@Flash/0x08000000/-4*16Kg'],
  ['more than a string descriptor can hold', `@${'x'.repeat(200)}/0x08000000/4*16Kg`],
  ['nothing', ''],
] as const;

for (const [what, string] of refused) {
  test(`REQ-OTA-USB-04 a memory layout with ${what} is refused whole`, () => {
    const parsed = parseMemoryLayout(string);
    assert.equal(parsed.ok ? null : parsed.code, 'device.layout-invalid');
  });
}

test('REQ-OTA-USB-04 memory ends with the last 32-bit address', () => {
  assert.ok(parseMemoryLayout('@Flash /0xFFFFFFFF/1*1Bg').ok);
  for (const beyond of ['@Flash /0xFFFFFFFF/2*1Bg', '@Flash /0xFFFFFC00/1*1Kg,1*1Bg']) {
    const layout = parseMemoryLayout(beyond);
    assert.match(layout.ok ? '' : layout.reason, /over the end of 32-bit addresses/);
  }
});
