import { readFileSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Station } from '../../core/station.ts';
import { openBenchStation } from './bench-station.ts';
import { expectOk } from './expect-ok.ts';

/** What one import cost; this file is a program of its own so that each import has a memory of its own. */
export interface ImportCost {
  readonly seconds: number;
  readonly idleRssMib: number;
  readonly peakRssMib: number;
  /** Longest time between two turns of a 1 ms timer, and what Node's own histogram says. */
  readonly longestGapMs: number;
  readonly longestDelayMs: number;
}

const [bundle = '', folder = '', token = ''] = process.argv.slice(2);
const station = openBenchStation(folder, false);
try {
  process.stdout.write(JSON.stringify(await measureImport(station)));
} finally {
  await station.close();
}

async function measureImport(station: Station): Promise<ImportCost> {
  // A collection now, so that what opening the station left behind is not mistaken for the import's.
  globalThis.gc?.();
  const idleRssMib = statusMib('VmRSS');
  // Linux: from here on VmHWM is the peak of what follows (proc(5), clear_refs).
  writeFileSync('/proc/self/clear_refs', '5');
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let longestGapMs = 0;
  let lastMs = performance.now();
  const timer = setInterval(() => {
    const nowMs = performance.now();
    longestGapMs = Math.max(longestGapMs, nowMs - lastMs);
    lastMs = nowMs;
  }, 1);

  const startMs = performance.now();
  expectOk(await station.call('bundle.import', { path: bundle }, token));
  const seconds = (performance.now() - startMs) / 1000;

  longestGapMs = Math.max(longestGapMs, performance.now() - lastMs);
  clearInterval(timer);
  delay.disable();
  return { seconds, idleRssMib, peakRssMib: statusMib('VmHWM'), longestGapMs, longestDelayMs: delay.max / 1e6 };
}

function statusMib(field: string): number {
  const line = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(readFileSync('/proc/self/status', 'utf8'));
  if (line === null) throw new Error(`this system does not tell ${field}`);
  return Number(line[1]) / 1024;
}
