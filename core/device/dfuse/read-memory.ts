import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { receiveBytes } from '../dfu/receive-bytes.ts';
import type { WantedBytes } from '../dfu/receive-bytes.ts';
import { endInIdle, returnToIdle } from '../dfu/return-to-idle.ts';
import { AddressPointer } from './address-pointer.ts';
import type { DfuseContext } from './dfuse-context.ts';
import { explainDfuseStall } from './dfuse-status.ts';
import { formatAddress } from './memory-pages.ts';

export interface MemoryRead extends WantedBytes {
  readonly startAddress: number;
}

/**
 * Reads memory (AN3156 §4.2, Read memory) and leaves the unit in dfuIDLE. Never asks for a byte behind the range, which may be
 * the end of the memory.
 *
 * Refuses with `device.read-protected`, `device.upload-short`, `device.cancelled`, or as commands and transfers do.
 */
export async function readMemory(context: DfuseContext, read: MemoryRead): Promise<Result<void>> {
  const { startAddress, lenBytes } = read;
  // An upload is begun from dfuIDLE, and the address is set in dfuDNLOAD-IDLE: an abort lies on both sides.
  const toIdle = async (): Promise<Result<void>> => await returnToIdle(context);
  const pointer = new AddressPointer(context, toIdle, toIdle);
  const received = await receiveBytes(read, async (doneBytes) => {
    const address = startAddress + doneBytes;
    const wantedBytes = Math.min(context.blockBytes, lenBytes - doneBytes);
    const number = await pointer.blockFor(address, wantedBytes);
    if (!number.ok) return number;
    const block = await context.port.upload(number.value, wantedBytes);
    if (!block.ok) return await explainDfuseStall(context, block);
    if (block.value.byteLength === wantedBytes) return block;
    const reason = `The unit returned ${block.value.byteLength} bytes at ${formatAddress(address)} of its memory, ${wantedBytes} are expected.`;
    return refuse('device.upload-short', reason, { doneBytes });
  });
  return await endInIdle(context, received);
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
