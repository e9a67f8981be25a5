import { Worker } from 'node:worker_threads';
import { accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import { refuseCancelled } from '../import-cancelled.ts';
import type { CopyProgress } from './copy-entry.ts';
import type { ImageMessage, ImageTask } from './image-worker.ts';
import type { ImageToReceive } from './receive-image.ts';
import type { StoredImage, VerifiedStoredImage } from './verify-stored-image.ts';

/** Receives all images of a bundle, one after the other, and stops at the first refusal. */
export type ReceiveImages = (
  requests: readonly ImageToReceive[],
  progress: CopyProgress,
  signal?: AbortSignal,
) => Promise<Result<void>>;

/** Who receives the images of one import. */
export interface ImageReceiver {
  readonly receive: ReceiveImages;
  /** Stops whatever is under way, and returns when it has. The archive may be closed only then. */
  end(): Promise<void>;
}

/**
 * A worker thread that copies, hashes and checks images, so that gigabytes never block the window or a bus. It takes a while to
 * start: whoever makes one before it is needed has something else to do meanwhile. Rejects what it is asked where it has ended.
 */
export class ImageThread implements ImageReceiver {
  readonly #worker = new Worker(new URL('./image-worker.ts', import.meta.url));
  readonly #lost: Promise<never>;

  constructor() {
    this.#lost = new Promise<never>((_, reject) => {
      this.#worker.once('error', reject);
      this.#worker.once('exit', () => reject(new Error('the image worker ended without a verdict')));
    });
    // Told to whoever asks; where nobody does any more, an end is no fault.
    this.#lost.catch(() => undefined);
  }

  /**
   * {@link ReceiveImages}; `progress` counts the bytes of all images together. Refuses as `receiveImage`, and with
   * `bundle.import-cancelled`.
   */
  readonly receive: ReceiveImages = async (requests, progress, signal) => {
    let earlierBytes = 0;
    for (const request of requests) {
      const told = (doneBytes: number): void => progress(earlierBytes + doneBytes);
      const verdict: Result<void> = await this.#ask({ task: 'receiveImage', request }, told, signal);
      if (!verdict.ok) return verdict;
      earlierBytes += request.image.len;
    }
    return accept(undefined);
  };

  /** `verifyStoredImage`; refuses as it does. */
  verify(request: StoredImage): Promise<Result<VerifiedStoredImage>> {
    return this.#ask({ task: 'verifyStoredImage', request }, () => undefined);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  async #ask<T>(task: ImageTask, progress: CopyProgress, signal?: AbortSignal): Promise<Result<T>> {
    if (signal?.aborted === true) return refuseCancelled();
    const done = new AbortController();
    try {
      const answered = new Promise<Result<T>>((resolve) => {
        const onMessage = (message: ImageMessage<T>): void => {
          if (message.kind === 'progress') progress(message.doneBytes);
          else resolve(message.verdict);
        };
        this.#worker.on('message', onMessage);
        done.signal.addEventListener('abort', () => this.#worker.off('message', onMessage));
        signal?.addEventListener('abort', () => resolve(refuseCancelled()), { signal: done.signal });
      });
      this.#worker.postMessage(task);
      return await Promise.race([answered, this.#lost]);
    } finally {
      done.abort();
    }
  }
}
