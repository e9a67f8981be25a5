/** The process in which one target runs: it may crash, hang or be killed. Its parent is supervise.ts. */
import { inspect } from 'node:util';
import { SeededRandom } from '../../../simulator/seeded-random.ts';
import { readCorpus } from './corpus-folder.ts';
import { Coverage } from './coverage.ts';
import { CurrentInputFile } from './current-input.ts';
import { FuzzLoop } from './fuzz-loop.ts';
import type { FuzzMessage, FuzzOrder, FuzzStatistics } from './fuzz-messages.ts';
import { instrumentImports } from './instrumenting-loader.ts';
import { MemoryBound, peakMiB } from './memory-bound.ts';
import { neededFiles } from './minimise.ts';
import type { FuzzTarget } from './target.ts';

const progressMs = 2_000;
const defaultMemoryMiB = 192;

process.on('uncaughtException', fail);
process.on('unhandledRejection', fail);

const order = JSON.parse(process.argv[2] ?? '') as FuzzOrder;
const coverage = new Coverage();
instrumentImports(coverage);
const { target } = (await import(order.targetUrl)) as { target: FuzzTarget };
const current = new CurrentInputFile(order.currentInputFile);
const startMs = performance.now();
let runStartMs = startMs;
let slowestMs = 0;
let toldMs = startMs;
let bound: MemoryBound | null = null;

const loop = new FuzzLoop(target, coverage, new SeededRandom(order.seed), {
  before(input) {
    current.write(input);
    runStartMs = performance.now();
  },
  after() {
    const nowMs = performance.now();
    slowestMs = Math.max(slowestMs, nowMs - runStartMs);
    bound?.check();
    if (nowMs - toldMs < progressMs) return;
    toldMs = nowMs;
    tell({ kind: 'progress', statistics: statistics() });
  },
  kept: (input) => tell({ kind: 'kept', input: Buffer.from(input).toString('base64') }),
});

const files = order.inputFolders.flatMap(readCorpus);
if (order.minimise) {
  tell({ kind: 'needed', names: await neededFiles(target, coverage, files) });
} else {
  const inputs = [...target.seeds(), ...files.map(({ input }) => input)];
  // The first input loads what is loaded late; from then on the process may grow by the bound.
  await loop.replay(inputs.slice(0, 1));
  bound = new MemoryBound(target.memoryMiB ?? defaultMemoryMiB);
  await loop.replay(inputs.slice(1));
  const endMs = performance.now() + order.seconds * 1000;
  await loop.explore(() => performance.now() >= endMs);
}
current.close();
tell({ kind: 'done', statistics: statistics() });
process.disconnect();

function statistics(): FuzzStatistics {
  return {
    runs: loop.runs,
    runsPerSecond: Math.round((loop.runs * 1000) / (performance.now() - startMs)),
    branchesCovered: coverage.covered,
    branches: coverage.branches,
    corpusSize: loop.corpusSize,
    slowestMs: Math.round(slowestMs),
    peakMiB: Math.round(peakMiB()),
  };
}

function tell(message: FuzzMessage): void {
  process.send?.(message);
}

function fail(error: unknown): void {
  const reason = error instanceof Error && error.stack !== undefined ? error.stack : inspect(error);
  process.send?.({ kind: 'failed', reason } satisfies FuzzMessage, () => process.exit(1));
}
