import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { DfuContext } from './dfu-context.ts';
import { receiveBytes } from './receive-bytes.ts';
import type { WantedBytes } from './receive-bytes.ts';
import { endInIdle } from './return-to-idle.ts';

/** `lenBytes` are wanted from the slot's start; the unit may hold more. */
export interface UploadRequest extends WantedBytes {
  readonly blockBytes: number;
}

/**
 * Reads the first `lenBytes` of the selected alternate (DFU 1.1 §6.2) and leaves the unit in dfuIDLE, which may hold more than was
 * read, or stay in dfuUPLOAD-IDLE after its last block. Whole blocks are asked for, also at the end: some units lose their place
 * after a shorter one.
 *
 * Refuses with `device.upload-short` where the unit ends before `lenBytes`, `device.cancelled`, or as the transfer does.
 */
export async function uploadSlot(context: DfuContext, request: UploadRequest): Promise<Result<void>> {
  const { lenBytes, blockBytes } = request;
  let blockNumber = 0;
  const received = await receiveBytes(request, async (doneBytes) => {
    const block = await context.port.upload(blockNumber, blockBytes);
    if (!block.ok) return block;
    blockNumber += 1;
    const seenBytes = doneBytes + block.value.byteLength;
    if (block.value.byteLength === blockBytes || seenBytes >= lenBytes) return accept(block.value);
    const reason = `The unit returned ${seenBytes} bytes of its slot, ${lenBytes} are expected.`;
    return refuse('device.upload-short', reason, { doneBytes: seenBytes });
  });
  return await endInIdle(context, received);
}
