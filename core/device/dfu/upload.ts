import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { TransferProgress } from '../update-target.ts';
import type { DfuContext } from './poll-status.ts';
import { returnToIdle } from './return-to-idle.ts';

export interface UploadRequest {
  /** How many bytes are wanted from the slot's start; the unit may hold more. */
  readonly lenBytes: number;
  readonly blockBytes: number;
  readonly chunk: (bytes: Uint8Array) => void;
  readonly progress: TransferProgress;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Reads the first `lenBytes` of the selected alternate (DFU 1.1 §6.2) and leaves the unit in dfuIDLE. Whole blocks are asked
 * for, also at the end: some units lose their place after a shorter one.
 *
 * Refuses with `device.upload-short` where the unit ends before `lenBytes`, `device.cancelled`, or as the transfer does.
 */
export async function uploadSlot(context: DfuContext, request: UploadRequest): Promise<Result<void>> {
  const received = await receiveBlocks(context, request);
  if (!received.ok && received.code === 'device.unplugged') return received;
  // The unit holds more than was read, or stays in dfuUPLOAD-IDLE after its last block.
  const idle = await returnToIdle(context);
  return received.ok ? idle : received;
}

async function receiveBlocks(context: DfuContext, request: UploadRequest): Promise<Result<void>> {
  const { lenBytes, blockBytes, chunk, progress, signal } = request;
  let blockNumber = 0;
  let doneBytes = 0;
  while (doneBytes < lenBytes) {
    if (signal?.aborted === true) {
      return refuse('device.cancelled', `Reading back was cancelled after ${doneBytes} of ${lenBytes} bytes.`);
    }
    const block = await context.port.upload(blockNumber, blockBytes);
    if (!block.ok) return block;
    const wanted = block.value.subarray(0, lenBytes - doneBytes);
    doneBytes += wanted.byteLength;
    if (block.value.byteLength < blockBytes && doneBytes < lenBytes) {
      return refuse(
        'device.upload-short',
        `The unit returned ${doneBytes} bytes of its slot, ${lenBytes} are expected.`,
        {
          doneBytes,
        },
      );
    }
    chunk(wanted);
    progress(doneBytes, lenBytes);
    blockNumber += 1;
  }
  return accept(undefined);
}
