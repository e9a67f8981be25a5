import { accept, refuse } from '../../../../contract/result.ts';
import type { Result } from '../../../../contract/result.ts';
import type { DfuseSession } from '../../dfuse/dfuse-session.ts';
import { findWritablePages } from '../../dfuse/memory-pages.ts';
import type { AddressRange } from '../../dfuse/memory-pages.ts';
import type { UnitMemory } from '../../dfuse/unit-memory.ts';
import type { Bank } from './read-banks.ts';
import { VECTORS_BYTES } from './vectors.ts';

const ERASED = 0xff;

/** The first page of a bank. Refuses with `device.layout-mismatch`. */
function findFirstPage({ layout }: UnitMemory, { range }: Bank): Result<AddressRange> {
  const { startAddress } = range;
  const pages = findWritablePages(layout, { startAddress, endAddress: startAddress + 1 }, range);
  if (!pages.ok) return pages;
  const [page] = pages.value;
  if (page === undefined) throw new Error('a range of one byte lies on a page');
  return accept(page);
}

/** Reads the first page of a bank. */
export async function readPage(rom: DfuseSession, memory: UnitMemory, bank: Bank): Promise<Result<Buffer>> {
  const page = findFirstPage(memory, bank);
  if (!page.ok) return page;
  const { startAddress, endAddress } = page.value;
  return await rom.readBytes(memory, startAddress, endAddress - startAddress);
}

/** Hands an image on and copies what stands on the first page of the bank that it is for. */
export function copyBeginning(
  source: AsyncIterable<Uint8Array>,
  memory: UnitMemory,
  bank: Bank,
): { readonly image: AsyncIterable<Uint8Array>; readonly beginning: () => Buffer } {
  const page = findFirstPage(memory, bank);
  const bytes = Buffer.alloc(page.ok ? page.value.endAddress - page.value.startAddress : 0, ERASED);
  let doneBytes = 0;
  async function* handOn(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      if (doneBytes < bytes.byteLength) bytes.set(chunk.subarray(0, bytes.byteLength - doneBytes), doneBytes);
      doneBytes += chunk.byteLength;
      yield chunk;
    }
  }
  return { image: handOn(), beginning: () => bytes };
}

/**
 * Makes a bank begin with a page, its first eight bytes last. A page that holds all the rest is not erased. Refuses with
 * `device.err-verify` where it does not read back.
 */
export async function writeBeginning(
  rom: DfuseSession,
  memory: UnitMemory,
  bank: Bank,
  bytes: Buffer,
): Promise<Result<void>> {
  const page = findFirstPage(memory, bank);
  if (!page.ok) return page;
  const { startAddress } = page.value;
  const before = await readPage(rom, memory, bank);
  if (!before.ok) return before;
  if (before.value.equals(bytes)) return accept(undefined);
  if (!isPrepared(before.value, bytes)) {
    const prepared = await rom.writeSlot(memory, {
      slot: page.value,
      erase: 'slot',
      image: wholly(trimErased(bytes)),
      lenBytes: trimErased(bytes).byteLength,
      withheldBytes: VECTORS_BYTES,
      progress: () => undefined,
    });
    if (!prepared.ok) return prepared;
    const between = await readPage(rom, memory, bank);
    if (!between.ok) return between;
    if (!isPrepared(between.value, bytes)) return refuseDifferent(bank);
  }
  const written = await rom.writeBytes(memory, startAddress, Uint8Array.from(bytes.subarray(0, VECTORS_BYTES)));
  if (!written.ok) return written;
  const after = await readPage(rom, memory, bank);
  if (!after.ok) return after;
  return after.value.equals(bytes) ? accept(undefined) : refuseDifferent(bank);
}

/**
 * Clears the first eight bytes of a bank: the one thing that flash with an error-correcting code can be programmed to without being
 * erased, and over in a moment where an erasure takes long enough to be cut off. A part that refuses it is not refused here.
 */
export async function stopBank(rom: DfuseSession, memory: UnitMemory, { range }: Bank): Promise<Result<void>> {
  const cleared = await rom.writeBytes(memory, range.startAddress, new Uint8Array(VECTORS_BYTES));
  return cleared.ok || cleared.code.startsWith('device.err-') ? accept(undefined) : cleared;
}

export async function eraseBeginning(rom: DfuseSession, memory: UnitMemory, bank: Bank): Promise<Result<void>> {
  const page = findFirstPage(memory, bank);
  return page.ok ? await rom.eraseSlot(memory, page.value) : page;
}

/** All but the first eight bytes stands there, and these are erased. */
function isPrepared(page: Buffer, bytes: Buffer): boolean {
  return (
    page.subarray(VECTORS_BYTES).equals(bytes.subarray(VECTORS_BYTES)) &&
    page.subarray(0, VECTORS_BYTES).every((byte) => byte === ERASED)
  );
}

/** Without the erased words at the end: to program them would spend what the flash can be programmed once only. */
function trimErased(bytes: Buffer): Buffer {
  let end = bytes.byteLength;
  while (end > VECTORS_BYTES && bytes[end - 1] === ERASED) end -= 1;
  return bytes.subarray(0, Math.ceil(end / VECTORS_BYTES) * VECTORS_BYTES);
}

async function* wholly(bytes: Buffer): AsyncGenerator<Uint8Array> {
  await Promise.resolve();
  yield bytes;
}

function refuseDifferent({ id }: Bank): Result<never> {
  const reason = `The first page of bank ${id} reads back otherwise than it was written; the unit does not start that bank. Its flash may be worn out.`;
  return refuse('device.err-verify', reason, { bank: id });
}
