import { parentPort } from 'node:worker_threads';
import { accept, type Result } from '../../../contract/result.ts';
import { compareComponents } from '../compare/compare-components.ts';
import { listComponents, type SbomBytes } from '../compare/sbom-components.ts';
import { receiveDocument } from './receive-document.ts';
import type { DocumentToReceive } from './receive-document.ts';
import { readSbom } from './sbom.ts';

/** What the thread is asked to do; it answers each with the `Result` of the function of that name. */
export type DocumentTask =
  | { readonly task: 'receiveDocument'; readonly request: DocumentToReceive }
  | { readonly task: 'readSbom'; readonly bytes: Uint8Array; readonly file: string }
  | {
      readonly task: 'compareComponents';
      readonly before: readonly SbomBytes[] | null;
      readonly after: readonly SbomBytes[];
    };

const port = parentPort;
if (port === null) throw new Error('document-worker.ts runs as a worker thread only');

port.on('message', (asked: DocumentTask) => {
  if (asked.task === 'readSbom') {
    port.postMessage(readSbom(asked.bytes, asked.file));
    return;
  }
  if (asked.task === 'compareComponents') {
    port.postMessage(compareListed(asked.before, asked.after));
    return;
  }
  // A rejection is a bug or an I/O error outside the data folder's writes: it ends the worker with an 'error' event.
  void receiveDocument(asked.request).then((verdict) => port.postMessage(verdict));
});

function compareListed(
  before: readonly SbomBytes[] | null,
  after: readonly SbomBytes[],
): Result<ReturnType<typeof compareComponents>> {
  const old = before === null ? accept(null) : listComponents(before);
  if (!old.ok) return old;
  const fresh = listComponents(after);
  return fresh.ok ? accept(compareComponents(old.value, fresh.value)) : fresh;
}
