import type { JobProgressEvent } from '../../contract/events.ts';

/** At most 20 a second for each job. */
const LEAST_GAP_MS = 50;

/** Lets through as much progress as a window can show. The last of a phase always passes, so that no bar stays short of its end. */
export class ProgressGate {
  readonly #passed = new Map<string, { readonly phase: string; readonly atMs: number }>();

  passes({ jobId, phase, atMs, doneBytes, totalBytes }: JobProgressEvent): boolean {
    const last = this.#passed.get(jobId);
    const isLast = doneBytes >= totalBytes;
    if (!isLast && last?.phase === phase && atMs - last.atMs < LEAST_GAP_MS) return false;
    this.#passed.set(jobId, { phase, atMs });
    return true;
  }

  forget(jobId: string): void {
    this.#passed.delete(jobId);
  }
}
