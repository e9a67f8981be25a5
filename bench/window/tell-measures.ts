import { appendFileSync } from 'node:fs';

/** One look at the program from inside; `lateMs`: the longest delay of the main thread since the look before. */
export interface Look {
  readonly at: number;
  readonly lateMs: number;
  readonly rss: number;
}

const TICK_MS = 5;
const LOOK_MS = 250;
const file = process.env['BENCH_MEASURES'];

// `node --import` this into the program: it writes a line for each look to the file that BENCH_MEASURES names.
if (file !== undefined) {
  let lateMs = 0;
  let before = performance.now();
  setInterval(() => {
    const now = performance.now();
    lateMs = Math.max(lateMs, now - before - TICK_MS);
    before = now;
  }, TICK_MS).unref();
  setInterval(() => {
    const look: Look = { at: Date.now(), lateMs, rss: process.memoryUsage.rss() };
    appendFileSync(file, `${JSON.stringify(look)}\n`);
    lateMs = 0;
    before = performance.now();
  }, LOOK_MS).unref();
}
