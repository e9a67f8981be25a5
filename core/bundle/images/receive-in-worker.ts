import { Worker } from 'node:worker_threads';
import { accept, refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { CopyProgress } from './copy-entry.ts';
import type { WorkerMessage } from './image-worker.ts';
import type { ImageToReceive } from './receive-image.ts';

/** Receives all images of a bundle, one after the other, and stops at the first refusal. */
export type ReceiveImages = (
  requests: readonly ImageToReceive[],
  progress: CopyProgress,
  signal?: AbortSignal,
) => Promise<Result<void>>;

/**
 * {@link ReceiveImages} in a worker thread, so that copying and hashing gigabytes never blocks the window or a bus.
 * `progress` counts the bytes of all images together. Refuses as `receiveImage`, and with `bundle.import-cancelled`.
 */
export const receiveImagesInWorker: ReceiveImages = async (requests, progress, signal) => {
  const worker = new Worker(new URL('./image-worker.ts', import.meta.url));
  try {
    let earlierBytes = 0;
    for (const request of requests) {
      const verdict = await receiveOne(worker, request, (doneBytes) => progress(earlierBytes + doneBytes), signal);
      if (!verdict.ok) return verdict;
      earlierBytes += request.image.len;
    }
    return accept(undefined);
  } finally {
    // Awaited, because the worker reads from a descriptor that the caller closes next.
    await worker.terminate();
  }
};

function receiveOne(
  worker: Worker,
  request: ImageToReceive,
  progress: CopyProgress,
  signal: AbortSignal | undefined,
): Promise<Result<void>> {
  return new Promise((resolve, reject) => {
    const onMessage = (message: WorkerMessage): void => {
      if (message.kind === 'progress') progress(message.doneBytes);
      else settle(() => resolve(message.verdict));
    };
    const onError = (error: unknown): void =>
      settle(() => reject(error instanceof Error ? error : new Error(String(error))));
    const onExit = (): void => settle(() => reject(new Error('the image worker ended without a verdict')));
    const onAbort = (): void =>
      settle(() => resolve(refuse('bundle.import-cancelled', 'The import was cancelled before it was complete.')));
    const settle = (finish: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      signal?.removeEventListener('abort', onAbort);
      finish();
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    if (signal?.aborted === true) {
      onAbort();
      return;
    }
    signal?.addEventListener('abort', onAbort);
    worker.postMessage(request);
  });
}
