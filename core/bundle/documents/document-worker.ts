import { parentPort } from 'node:worker_threads';
import { receiveDocument } from './receive-document.ts';
import type { DocumentToReceive } from './receive-document.ts';
import { readSbom } from './sbom.ts';

/** What the thread is asked to do; it answers each with the `Result` of the function of that name. */
export type DocumentTask =
  | { readonly task: 'receiveDocument'; readonly request: DocumentToReceive }
  | { readonly task: 'readSbom'; readonly bytes: Uint8Array; readonly file: string };

const port = parentPort;
if (port === null) throw new Error('document-worker.ts runs as a worker thread only');

port.on('message', (asked: DocumentTask) => {
  if (asked.task === 'readSbom') {
    port.postMessage(readSbom(asked.bytes, asked.file));
    return;
  }
  // A rejection is a bug or an I/O error outside the data folder's writes: it ends the worker with an 'error' event.
  void receiveDocument(asked.request).then((verdict) => port.postMessage(verdict));
});
