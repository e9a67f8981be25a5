import { accept, refuse, RefusalError } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { endInIdle, returnToIdle } from '../dfu/return-to-idle.ts';
import { splitBlocks } from '../dfu/split-blocks.ts';
import type { TransferProgress } from '../update-target.ts';
import { AddressPointer } from './address-pointer.ts';
import { awaitDownload } from './await-download.ts';
import { erasePage } from './commands.ts';
import type { DfuseContext } from './dfuse-context.ts';
import { explainDfuseStall } from './dfuse-status.ts';
import { formatAddress } from './memory-pages.ts';
import type { MemoryPage } from './memory-pages.ts';

export interface MemoryWrite {
  readonly image: AsyncIterable<Uint8Array>;
  readonly startAddress: number;
  readonly lenBytes: number;
  /** The pages that hold the image, as `findWritablePages` found them, and perhaps more behind it: all of them are erased. */
  readonly pages: readonly MemoryPage[];
  /** Already erased, all of them at once. */
  readonly isErased?: boolean;
  /** How much of the image's beginning is left out: erased, and not written. It is part of `lenBytes`. */
  readonly withheldBytes?: number;
  readonly progress: TransferProgress;
  readonly signal?: AbortSignal | undefined;
}

/** The first block of an image, that was not written yet. */
type FirstBlock = Uint8Array<ArrayBuffer>;

/**
 * Writes an image and leaves the unit in dfuIDLE: each page is erased before its first byte is written, and no other page. The
 * first block, with stack pointer and reset vector or the image header, is written last, so that a write which was cut off
 * never looks like something to boot.
 *
 * Refuses with `device.cancelled`, `device.image-length`, as {@link awaitDownload}, or as the transfer does.
 */
export async function writeMemory(context: DfuseContext, write: MemoryWrite): Promise<Result<void>> {
  return await leadingBack(context, async () => {
    const first = await writeBehindFirst(context, write);
    if (!first.ok) return first;
    const { startAddress, withheldBytes = 0 } = write;
    const shown = first.value.slice(withheldBytes);
    const pointer = new AddressPointer(context);
    const written =
      shown.byteLength === 0
        ? accept(undefined)
        : await writeBlock(context, pointer, startAddress + withheldBytes, shown);
    if (written.ok) write.progress(write.lenBytes, write.lenBytes);
    return written;
  });
}

/** Writes bytes of one block to memory that is erased or needs no erasing, and leaves the unit in dfuIDLE. */
export async function writeBytes(
  context: DfuseContext,
  startAddress: number,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<Result<void>> {
  return await leadingBack(context, () => writeBlock(context, new AddressPointer(context), startAddress, bytes));
}

async function writeBehindFirst(context: DfuseContext, write: MemoryWrite): Promise<Result<FirstBlock>> {
  const { image, startAddress, lenBytes, progress, signal } = write;
  const pointer = new AddressPointer(context);
  const unerased = write.isErased === true ? [] : write.pages.filter((page) => page.isErasable);
  let first: FirstBlock | null = null;
  let doneBytes = 0;
  for await (const block of splitBlocks(image, lenBytes, context.blockBytes)) {
    if (!block.ok) return block;
    if (signal?.aborted === true) {
      return refuse('device.cancelled', `The write was cancelled after ${doneBytes} of ${lenBytes} bytes.`);
    }
    const address = startAddress + (first === null ? 0 : first.byteLength + doneBytes);
    const erased = await eraseBefore(context, pointer, unerased, address + block.value.byteLength);
    if (!erased.ok) return erased;
    if (first === null) {
      // It is held until all else is written; the source may use its own buffers again by then.
      first = Uint8Array.from(block.value);
      continue;
    }
    const written = await writeBlock(context, pointer, address, block.value);
    if (!written.ok) return written;
    doneBytes += block.value.byteLength;
    progress(doneBytes, lenBytes);
  }
  if (first === null) return refuse('device.image-length', 'An image of 0 bytes cannot be written.');
  const erased = await eraseBefore(context, pointer, unerased, Number.MAX_SAFE_INTEGER);
  return erased.ok ? accept(first) : erased;
}

/** Erases, in order, the pages that begin before `endAddress`. */
async function eraseBefore(
  context: DfuseContext,
  pointer: AddressPointer,
  unerased: MemoryPage[],
  endAddress: number,
): Promise<Result<void>> {
  for (let page = unerased[0]; page !== undefined && page.startAddress < endAddress; page = unerased[0]) {
    const erased = await erasePage(context, page.startAddress);
    if (!erased.ok) return erased;
    // AN3156 does not say so, but ST's USB device library (usbd_dfu.c, data_ptr) lets the erased page be the new address.
    pointer.forget();
    unerased.shift();
  }
  return accept(undefined);
}

async function writeBlock(
  context: DfuseContext,
  pointer: AddressPointer,
  address: number,
  block: Uint8Array<ArrayBuffer>,
): Promise<Result<void>> {
  const number = await pointer.blockFor(address, block.byteLength);
  if (!number.ok) return number;
  const sent = await context.port.download(number.value, block);
  if (!sent.ok) return await explainDfuseStall(context, sent);
  const what = `writing ${block.byteLength} bytes at ${formatAddress(address)}`;
  return await awaitDownload(context, { what, deadlineMs: context.limits.blockMs });
}

/** Whatever happens, a unit that still answers is in dfuIDLE afterwards. A refusal that the image's source throws becomes a value. */
async function leadingBack(context: DfuseContext, work: () => Promise<Result<void>>): Promise<Result<void>> {
  try {
    return await endInIdle(context, await work());
  } catch (error) {
    if (error instanceof RefusalError) return await endInIdle(context, error.refusal);
    await returnToIdle(context);
    throw error;
  }
}
