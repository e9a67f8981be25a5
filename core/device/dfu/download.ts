import { accept, refuse, RefusalError } from '../../../contract/result.ts';
import type { Refusal, Result } from '../../../contract/result.ts';
import type { TransferProgress } from '../update-target.ts';
import type { DfuStateName } from './constants.ts';
import { refuseStatus } from './dfu-status.ts';
import { pollStatus } from './poll-status.ts';
import type { DfuContext } from './dfu-context.ts';
import { prefetch } from './prefetch.ts';
import { returnToIdle } from './return-to-idle.ts';
import { splitBlocks } from './split-blocks.ts';

export interface DownloadRequest {
  /** Its chunks must stay as they are once they were handed out: they are sent without being copied. */
  readonly image: AsyncIterable<Uint8Array>;
  readonly lenBytes: number;
  readonly blockBytes: number;
  readonly progress: TransferProgress;
  readonly signal?: AbortSignal | undefined;
}

/** DFU 1.1 appendix A.2.4 and A.2.5, and A.2.7 and A.2.8. */
const WRITING: readonly DfuStateName[] = ['dfuDNLOAD-SYNC', 'dfuDNBUSY'];
const WRITTEN: readonly DfuStateName[] = ['dfuDNLOAD-IDLE'];
const MANIFESTING: readonly DfuStateName[] = ['dfuMANIFEST-SYNC', 'dfuMANIFEST'];
const MANIFESTED: readonly DfuStateName[] = ['dfuIDLE', 'dfuMANIFEST-WAIT-RESET'];

/**
 * Sends an image to the selected alternate, block by block with the unit's word on each (DFU 1.1 §6.1). Ends in
 * dfuDNLOAD-IDLE: nothing is manifested yet. Returns the number of the block that follows. After a refusal the unit is led
 * back to dfuIDLE where it still answers.
 *
 * Refuses with `device.cancelled`, `device.image-length`, as {@link pollStatus}, or as the transfer does.
 */
export async function downloadImage(context: DfuContext, request: DownloadRequest): Promise<Result<number>> {
  const sent = await readRefusal(() => sendBlocks(context, request)).catch(async (error: unknown) => {
    await returnToIdle(context);
    throw error;
  });
  if (!sent.ok && sent.code !== 'device.unplugged') await returnToIdle(context);
  return sent;
}

/** The image's source refuses by throwing into the stream; here it becomes a value again. */
async function readRefusal(work: () => Promise<Result<number>>): Promise<Result<number>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RefusalError) return error.refusal;
    throw error;
  }
}

async function sendBlocks(context: DfuContext, request: DownloadRequest): Promise<Result<number>> {
  const { image, lenBytes, blockBytes, progress, signal } = request;
  let blockNumber = 0;
  let doneBytes = 0;
  for await (const block of prefetch(splitBlocks(image, lenBytes, blockBytes))) {
    if (!block.ok) return block;
    if (signal?.aborted === true) {
      return refuse('device.cancelled', `The download was cancelled after ${doneBytes} of ${lenBytes} bytes.`);
    }
    const sent = await sendBlock(context, blockNumber, block.value);
    if (!sent.ok) return sent;
    blockNumber += 1;
    doneBytes += block.value.byteLength;
    progress(doneBytes, lenBytes);
  }
  return accept(blockNumber);
}

async function sendBlock(
  context: DfuContext,
  blockNumber: number,
  block: Uint8Array<ArrayBuffer>,
): Promise<Result<DfuStateName>> {
  const sent = await context.port.download(blockNumber, block);
  if (!sent.ok) return await explainStall(context, sent);
  return await pollStatus(context, context.limits.blockMs, WRITING, WRITTEN);
}

/** How the unit stands after manifestation: ready for more, or deaf until it is reset. */
export type Manifested = 'idle' | 'reset-needed';

/**
 * Ends a download with the empty block and waits for manifestation (DFU 1.1 §7). A unit that does not tolerate it may stop
 * answering or leave the bus once it has begun; what it came to is then read after the reset.
 *
 * `blockNumber` follows the last one sent. Refuses as {@link pollStatus} or as the transfer does.
 */
export async function manifestImage(
  context: DfuContext,
  blockNumber: number,
  isTolerant: boolean,
): Promise<Result<Manifested>> {
  const sent = await context.port.download(blockNumber, new Uint8Array(0));
  if (!sent.ok) return await explainStall(context, sent);
  const settled = await pollStatus(context, context.limits.manifestMs, MANIFESTING, MANIFESTED);
  if (settled.ok) return accept(settled.value === 'dfuIDLE' ? 'idle' : 'reset-needed');
  const isDeaf = ['device.stalled', 'device.timeout', 'device.unplugged'].includes(settled.code);
  if (!isTolerant && isDeaf) return accept('reset-needed');
  return settled;
}

/** A stalled DNLOAD says nothing; the status that follows it does. */
async function explainStall(context: DfuContext, refusal: Refusal): Promise<Refusal> {
  if (refusal.code !== 'device.stalled') return refusal;
  const answer = await context.port.getStatus();
  return answer.ok && answer.value.status !== 'OK' ? refuseStatus(answer.value) : refusal;
}
