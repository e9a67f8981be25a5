import { DfuState, DfuStatus } from '../../core/device/dfu/constants.ts';
import type { ZephyrDfuParts } from './dfu-function.ts';

/** State and status that come of the worker thread's work. */
export interface WorkOutcome {
  readonly state: DfuState;
  readonly status: DfuStatus;
}

interface Written {
  readonly outcome: WorkOutcome;
  /** The last block was written, so that the class begins to count anew. */
  readonly endsDownload: boolean;
}

/** The worker thread of Zephyr's usb_dfu.c: erases, writes, and marks the image where there is no more of it. `status` is what it was before. */
export function writeBlock(parts: ZephyrDfuParts, data: Uint8Array, first: boolean, status: DfuStatus): Written {
  const { options, stream } = parts;
  const ends = data.length === 0;
  if (first && options.erase === 'whole-slot' && !parts.eraseSlot1()) {
    return { outcome: { state: DfuState.dfuERROR, status: DfuStatus.errERASE }, endsDownload: false };
  }
  const failure = { state: DfuState.dfuERROR, status: DfuStatus.errWRITE };
  if (!stream.write(data, ends)) return { outcome: failure, endsDownload: false };
  if (!ends) return { outcome: { state: DfuState['dfuDNLOAD-IDLE'], status }, endsDownload: false };
  const isMarked = parts.requestUpgrade();
  return { outcome: isMarked ? { state: DfuState['dfuMANIFEST-SYNC'], status } : failure, endsDownload: true };
}
