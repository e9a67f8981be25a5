import { parentPort } from 'node:worker_threads';
import type { PaperSize } from '../pdf/paper.ts';
import { verifyReport, type ReportFiles } from '../verifier/verify-report.ts';
import { drawPeriod } from './draw-period.ts';
import type { PeriodSource } from './period-model.ts';

/** What `PeriodThread` asks its worker. */
export type PeriodTask =
  | { readonly task: 'draw'; readonly source: PeriodSource; readonly paper: PaperSize }
  | { readonly task: 'verify'; readonly files: ReportFiles };

if (parentPort === null) throw new Error('period-worker.ts runs as a worker thread only');
const port = parentPort;

async function answer(asked: PeriodTask): Promise<void> {
  port.postMessage(asked.task === 'draw' ? await drawPeriod(asked.source, asked.paper) : verifyReport(asked.files));
}

// A fault ends the worker with an error, which the thread hands to whoever asked.
port.on('message', (asked: PeriodTask) => void answer(asked));
