import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Result } from '../../../contract/result.ts';
import type { PaperSize } from '../pdf/paper.ts';
import type { ReportFiles, ReportVerification } from '../verifier/verify-report.ts';
import type { DrawnPeriod } from './draw-period.ts';
import type { PeriodSource } from './period-model.ts';
import type { PeriodTask } from './period-worker.ts';

/**
 * A worker thread in which the report of a period is built and drawn, and any report verified: a thousand jobs take seconds, in which no transfer
 * to a unit may stand still. It never sees the station's key. Rejects what it is asked where it has ended.
 */
export class PeriodThread {
  readonly #worker = new Worker(new URL('./period-worker.ts', import.meta.url));

  /** As `drawPeriod`. */
  draw(source: PeriodSource, paper: PaperSize): Promise<Result<DrawnPeriod>> {
    return this.#ask({ task: 'draw', source, paper });
  }

  /** As `verifyReport`. */
  verify(files: ReportFiles): Promise<ReportVerification> {
    return this.#ask({ task: 'verify', files });
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  async #ask<T>(task: PeriodTask): Promise<T> {
    const ended = new AbortController();
    try {
      // An error of the worker rejects; `once` listens for that too.
      const answered = once(this.#worker, 'message', { signal: ended.signal }) as Promise<[T]>;
      const lost = once(this.#worker, 'exit', { signal: ended.signal }).then(() => {
        throw new Error('the period worker ended without a verdict');
      });
      this.#worker.postMessage(task);
      const [verdict] = await Promise.race([answered, lost]);
      return verdict;
    } finally {
      ended.abort();
    }
  }
}
