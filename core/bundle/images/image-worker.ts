import { parentPort } from 'node:worker_threads';
import type { Result } from '../../../contract/result.ts';
import { receiveImage } from './receive-image.ts';
import type { ImageToReceive } from './receive-image.ts';
import type { StoredImage } from './verify-stored-image.ts';

/** What the thread is asked to do; it answers each with the `Result` of the function of that name. */
export type ImageTask =
  | { readonly task: 'receiveImage'; readonly request: ImageToReceive }
  | { readonly task: 'verifyStoredImage'; readonly request: StoredImage };

/** What the thread tells: progress of the image at hand, then its verdict. */
export type ImageMessage<T> =
  { readonly kind: 'progress'; readonly doneBytes: number } | { readonly kind: 'verdict'; readonly verdict: Result<T> };

const port = parentPort;
if (port === null) throw new Error('image-worker.ts runs as a worker thread only');

function tell(message: ImageMessage<unknown>): void {
  port?.postMessage(message);
}

async function carryOut(asked: ImageTask): Promise<Result<unknown>> {
  if (asked.task === 'receiveImage') {
    return receiveImage(asked.request, (doneBytes) => tell({ kind: 'progress', doneBytes }));
  }
  // Only now: an import waits for what this thread loads at its start.
  const { verifyStoredImage } = await import('./verify-stored-image.ts');
  return verifyStoredImage(asked.request);
}

port.on('message', (asked: ImageTask) => {
  // A rejection is a bug or an I/O error outside the data folder's writes: it ends the worker with an 'error' event.
  void carryOut(asked).then((verdict) => tell({ kind: 'verdict', verdict }));
});
