import { refuse } from '../../../contract/result.ts';
import type { Result } from '../../../contract/result.ts';
import type { StoredImage, VerifiedStoredImage } from './verify-stored-image.ts';

/** A thread that verifies one image after the other. */
export interface VerifyingThread {
  /** `verifyStoredImage`; rejects where the thread has ended. */
  verify(request: StoredImage): Promise<Result<VerifiedStoredImage>>;
  end(): Promise<void>;
}

/** Verifies a stored image beside the main thread. Refuses as `verifyStoredImage`, and with `update.cancelled`. */
export type VerifyBeside = (request: StoredImage, signal: AbortSignal) => Promise<Result<VerifiedStoredImage>>;

export interface VerifyingThreadOptions {
  /** Most threads at once. */
  readonly most: number;
  readonly startThread: () => VerifyingThread;
}

/** Beyond this the disk is what is waited for. */
const MOST_THREADS = 4;

/** How many threads a machine with so many cores verifies in: one core is left to the units and the window. */
export function verifyingThreadCount(cores: number): number {
  return Math.min(MOST_THREADS, Math.max(1, cores - 1));
}

/**
 * The threads that all jobs verify their large images in: no more at once than `most`, and to each its turn in the order in which they asked.
 * A thread goes on with the next image that waits, and ends where none does, so that an idle station has none.
 */
export class VerifyingThreads {
  readonly #options: VerifyingThreadOptions;
  #busy = 0;
  /** Hands a thread to whoever has waited longest: one that is at hand, or null where it is to be started. */
  readonly #waiting: ((thread: VerifyingThread | null) => void)[] = [];

  constructor(options: VerifyingThreadOptions) {
    this.#options = options;
  }

  readonly verify: VerifyBeside = async (request, signal) => {
    const given = await this.#takeTurn(signal);
    if (given === 'cancelled') return refuseCancelled();
    let thread = given;
    try {
      thread ??= this.#options.startThread();
      const verdict = await orAborted(thread.verify(request), signal);
      if (verdict !== 'aborted') return verdict;
      // What a thread is at cannot be stopped; the thread can.
      await thread.end();
      thread = null;
      return refuseCancelled();
    } catch (error) {
      await thread?.end();
      thread = null;
      throw error;
    } finally {
      await this.#passOn(thread);
    }
  };

  async #takeTurn(signal: AbortSignal): Promise<VerifyingThread | null | 'cancelled'> {
    if (signal.aborted) return 'cancelled';
    if (this.#busy < this.#options.most) {
      this.#busy += 1;
      return null;
    }
    return await new Promise((resolve) => {
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(take), 1);
        resolve('cancelled');
      };
      const take = (thread: VerifyingThread | null): void => {
        signal.removeEventListener('abort', leave);
        resolve(thread);
      };
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(take);
    });
  }

  async #passOn(thread: VerifyingThread | null): Promise<void> {
    const next = this.#waiting.shift();
    if (next !== undefined) {
      next(thread);
      return;
    }
    this.#busy -= 1;
    await thread?.end();
  }
}

async function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T | 'aborted'> {
  const over = new AbortController();
  const aborted = new Promise<'aborted'>((resolve) => {
    if (signal.aborted) resolve('aborted');
    signal.addEventListener('abort', () => resolve('aborted'), { signal: over.signal });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    over.abort();
  }
}

function refuseCancelled(): Result<never> {
  return refuse('update.cancelled', 'The job was cancelled while its stored image was checked.');
}
