import { parentPort } from 'node:worker_threads';
import type { Result } from '../../../contract/result.ts';
import { receiveImage } from './receive-image.ts';
import type { ImageToReceive } from './receive-image.ts';

/** What the worker thread tells: progress of the image at hand, then its verdict. */
export type WorkerMessage =
  | { readonly kind: 'progress'; readonly doneBytes: number }
  | { readonly kind: 'verdict'; readonly verdict: Result<void> };

const port = parentPort;
if (port === null) throw new Error('image-worker.ts runs as a worker thread only');

function tell(message: WorkerMessage): void {
  port?.postMessage(message);
}

port.on('message', (request: ImageToReceive) => {
  // A rejection is a bug or an I/O error outside the data folder's writes: it ends the worker with an 'error' event.
  void receiveImage(request, (doneBytes) => tell({ kind: 'progress', doneBytes })).then((verdict) =>
    tell({ kind: 'verdict', verdict }),
  );
});
