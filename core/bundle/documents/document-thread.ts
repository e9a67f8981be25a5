import { Worker } from 'node:worker_threads';
import { accept } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { SbomSummary } from '../../../contract/schema/bundle-document.ts';
import { refuseCancelled } from '../import-cancelled.ts';
import type { compareComponents } from '../compare/compare-components.ts';
import type { SbomBytes } from '../compare/sbom-components.ts';
import type { DocumentTask } from './document-worker.ts';
import type { DocumentToReceive } from './receive-document.ts';

/** Receives all documents of a bundle, one after the other, and stops at the first refusal. */
export type ReceiveDocuments = (requests: readonly DocumentToReceive[], signal?: AbortSignal) => Promise<Result<void>>;

/** A thread of its own: parsing 16 MiB of SBOM would hold up everything else for half a second. The bounds of `readSbom` keep it far below this. */
const resourceLimits = { maxOldGenerationSizeMb: 512 };

/** {@link ReceiveDocuments} in a worker thread. Refuses as `receiveDocument`, and with `bundle.import-cancelled`. */
export const receiveDocumentsInWorker: ReceiveDocuments = async (requests, signal) => {
  if (requests.length === 0) return accept(undefined);
  return withThread(async (thread) => {
    for (const request of requests) {
      const verdict: Result<void> = await ask(thread, { task: 'receiveDocument', request }, signal);
      if (!verdict.ok) return verdict;
    }
    return accept(undefined);
  });
};

/** `readSbom` in a worker thread. Refuses as it does. */
export function readSbomInWorker(bytes: Uint8Array, file: string): Promise<Result<SbomSummary>> {
  return withThread((thread) => ask<SbomSummary>(thread, { task: 'readSbom', bytes, file }));
}

/** `compareComponents` of what `listComponents` finds, in a worker thread. Refuses as that does. */
export function compareComponentsInWorker(
  before: readonly SbomBytes[] | null,
  after: readonly SbomBytes[],
): Promise<Result<ReturnType<typeof compareComponents>>> {
  return withThread((thread) => ask(thread, { task: 'compareComponents', before, after }));
}

async function withThread<T>(work: (thread: Worker) => Promise<T>): Promise<T> {
  const thread = new Worker(new URL('./document-worker.ts', import.meta.url), { resourceLimits });
  try {
    return await work(thread);
  } finally {
    // Awaited, because the thread may read from a descriptor that the caller closes next.
    await thread.terminate();
  }
}

function ask<T>(thread: Worker, task: DocumentTask, signal?: AbortSignal): Promise<Result<T>> {
  return new Promise((resolve, reject) => {
    const onMessage = (verdict: Result<T>): void => settle(() => resolve(verdict));
    const onError = (error: unknown): void =>
      settle(() => reject(error instanceof Error ? error : new Error(String(error))));
    const onExit = (): void => settle(() => reject(new Error('the document worker ended without a verdict')));
    const onAbort = (): void => settle(() => resolve(refuseCancelled()));
    const settle = (finish: () => void): void => {
      thread.off('message', onMessage).off('error', onError).off('exit', onExit);
      signal?.removeEventListener('abort', onAbort);
      finish();
    };
    thread.on('message', onMessage).on('error', onError).on('exit', onExit);
    if (signal?.aborted === true) {
      onAbort();
      return;
    }
    signal?.addEventListener('abort', onAbort);
    thread.postMessage(task);
  });
}
