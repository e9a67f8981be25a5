import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { returnToIdle } from '../dfu/return-to-idle.ts';
import type { TransferProgress } from '../update-target.ts';
import { AddressPointer } from './address-pointer.ts';
import type { DfuseContext } from './dfuse-context.ts';
import { explainDfuseStall } from './dfuse-status.ts';
import { formatAddress } from './memory-pages.ts';

export interface MemoryRead {
  readonly startAddress: number;
  readonly lenBytes: number;
  readonly chunk: (bytes: Uint8Array) => void;
  readonly progress: TransferProgress;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads memory (AN3156 §4.2, Read memory) and leaves the unit in dfuIDLE. Never asks for a byte behind the range, which may be
 * the end of the memory.
 *
 * Refuses with `device.read-protected`, `device.upload-short`, `device.cancelled`, or as commands and transfers do.
 */
export async function readMemory(context: DfuseContext, read: MemoryRead): Promise<Result<void>> {
  const received = await receiveBlocks(context, read);
  if (!received.ok && received.code === 'device.unplugged') return received;
  const idle = await returnToIdle(context);
  return received.ok ? idle : received;
}

/** Reads a few bytes into memory of this host. */
export async function readBytes(
  context: DfuseContext,
  startAddress: number,
  lenBytes: number,
): Promise<Result<Buffer>> {
  const bytes: Uint8Array[] = [];
  const read = await readMemory(context, {
    startAddress,
    lenBytes,
    chunk: (chunk) => bytes.push(Uint8Array.from(chunk)),
    progress: () => undefined,
  });
  return read.ok ? accept(Buffer.concat(bytes)) : read;
}

async function receiveBlocks(context: DfuseContext, read: MemoryRead): Promise<Result<void>> {
  const { startAddress, lenBytes, chunk, progress, signal } = read;
  // An upload is begun from dfuIDLE, and the address is set in dfuDNLOAD-IDLE: an abort lies on both sides.
  const toIdle = async (): Promise<Result<void>> => await returnToIdle(context);
  const pointer = new AddressPointer(context, toIdle, toIdle);
  for (let doneBytes = 0; doneBytes < lenBytes;) {
    if (signal?.aborted === true) {
      return refuse('device.cancelled', `Reading was cancelled after ${doneBytes} of ${lenBytes} bytes.`);
    }
    const address = startAddress + doneBytes;
    const wantedBytes = Math.min(context.blockBytes, lenBytes - doneBytes);
    const number = await pointer.blockFor(address, wantedBytes);
    if (!number.ok) return number;
    const block = await context.port.upload(number.value, wantedBytes);
    if (!block.ok) return await explainDfuseStall(context, block);
    if (block.value.byteLength < wantedBytes) {
      const reason = `The unit returned ${block.value.byteLength} bytes at ${formatAddress(address)} of its memory, ${wantedBytes} are expected.`;
      return refuse('device.upload-short', reason, { doneBytes });
    }
    doneBytes += block.value.byteLength;
    chunk(block.value);
    progress(doneBytes, lenBytes);
  }
  return accept(undefined);
}
