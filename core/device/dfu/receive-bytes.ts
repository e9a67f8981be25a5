import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { TransferProgress } from '../update-target.ts';

/** Bytes of a unit that are wanted, and who gets them. */
export interface WantedBytes {
  readonly lenBytes: number;
  readonly chunk: (bytes: Uint8Array) => void;
  readonly progress: TransferProgress;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Asks for block after block until `lenBytes` are there, and never hands on more. `next` answers one block of at least one byte.
 * Refuses with `device.cancelled`, or as `next`.
 */
export async function receiveBytes(
  { lenBytes, chunk, progress, signal }: WantedBytes,
  next: (doneBytes: number) => Promise<Result<Uint8Array>>,
): Promise<Result<void>> {
  for (let doneBytes = 0; doneBytes < lenBytes;) {
    if (signal?.aborted === true) {
      return refuse('device.cancelled', `Reading was cancelled after ${doneBytes} of ${lenBytes} bytes.`);
    }
    const block = await next(doneBytes);
    if (!block.ok) return block;
    const wanted = block.value.subarray(0, lenBytes - doneBytes);
    doneBytes += wanted.byteLength;
    chunk(wanted);
    progress(doneBytes, lenBytes);
  }
  return accept(undefined);
}
