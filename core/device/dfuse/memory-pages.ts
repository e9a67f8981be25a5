import { accept, refuse } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import type { MemoryLayout, MemorySegment } from './memory-layout.ts';

/** A part of the unit's address space; `endAddress` is the first address behind it. */
export interface AddressRange {
  readonly startAddress: number;
  readonly endAddress: number;
}

/** What is erased in one piece. */
export interface MemoryPage extends AddressRange {
  /** False where the memory is written without erasing it first: RAM, option bytes. */
  readonly isErasable: boolean;
}

/** The longest real layouts have 1,536 pages. */
const MAX_PAGES = 65_536;

/**
 * The pages that hold `range`, in the order of their addresses, all of them inside `bounds` and writable. Nothing outside of
 * the slot is ever erased with them: a page that reaches over a bound is refused, and so is memory that the layout states twice.
 *
 * Refuses with `device.layout-mismatch`.
 */
export function findWritablePages(
  layout: MemoryLayout,
  range: AddressRange,
  bounds: AddressRange,
): Result<readonly MemoryPage[]> {
  if (range.startAddress < bounds.startAddress || range.endAddress > bounds.endAddress) {
    return mismatch(range, `reach out of the slot ${formatRange(bounds)}`);
  }
  const pages: MemoryPage[] = [];
  for (let address = range.startAddress; address < range.endAddress;) {
    const page = findPage(layout, address, range);
    if (!page.ok) return page;
    const { startAddress, endAddress, isErasable, segment } = page.value;
    if (startAddress < bounds.startAddress || endAddress > bounds.endAddress) {
      return mismatch(range, `share the page ${formatRange(page.value)} with memory outside of the slot`);
    }
    const isStatedTwice = layout.segments.some(
      (other) => other !== segment && other.startAddress < endAddress && endOf(other) > startAddress,
    );
    if (isStatedTwice) return mismatch(range, `are stated twice in the page ${formatRange(page.value)}`);
    if (!segment.isWritable) return mismatch(range, `may not be written at ${formatAddress(startAddress)}`);
    if (pages.push({ startAddress, endAddress, isErasable }) > MAX_PAGES) return mismatch(range, 'have too many pages');
    address = endAddress;
  }
  return accept(pages);
}

/** The range lies in memory that the layout states, and may be read. Refuses with `device.layout-mismatch`. */
export function checkReadable(layout: MemoryLayout, range: AddressRange): Result<void> {
  for (let address = range.startAddress; address < range.endAddress;) {
    const segment = findSegment(layout, address, range);
    if (!segment.ok) return segment;
    if (!segment.value.isReadable) return mismatch(range, `may not be read at ${formatAddress(address)}`);
    address = endOf(segment.value);
  }
  return accept(undefined);
}

/** `0x08000000`, as data sheets write it. */
export function formatAddress(address: number): string {
  return `0x${address.toString(16).toUpperCase().padStart(8, '0')}`;
}

function findPage(
  layout: MemoryLayout,
  address: number,
  range: AddressRange,
): Result<MemoryPage & { readonly segment: MemorySegment }> {
  const segment = findSegment(layout, address, range);
  if (!segment.ok) return segment;
  const { startAddress: from, pageBytes, isErasable } = segment.value;
  const startAddress = address - ((address - from) % pageBytes);
  return accept({ startAddress, endAddress: startAddress + pageBytes, isErasable, segment: segment.value });
}

/** The one segment that holds an address. */
function findSegment(layout: MemoryLayout, address: number, range: AddressRange): Result<MemorySegment> {
  const [segment, other] = layout.segments.filter(
    (candidate) => candidate.startAddress <= address && address < endOf(candidate),
  );
  if (segment === undefined) return mismatch(range, `are not in its memory at ${formatAddress(address)}`);
  if (other !== undefined) return mismatch(range, `are stated twice at ${formatAddress(address)}`);
  return accept(segment);
}

function endOf({ startAddress, pageCount, pageBytes }: MemorySegment): number {
  return startAddress + pageCount * pageBytes;
}

function formatRange({ startAddress, endAddress }: AddressRange): string {
  return `${formatAddress(startAddress)}–${formatAddress(endAddress - 1)}`;
}

function mismatch(range: AddressRange, what: string): Refusal {
  const reason = `The addresses ${formatRange(range)} of this unit ${what}, by its own memory layout; nothing was written there. Check that the profile is for this part.`;
  return refuse('device.layout-mismatch', reason, { range: formatRange(range) });
}
