import type { JobProgressEvent } from '../../contract/events.ts';

/** Time constant of the moving rate: long enough to be calm, short enough to notice a slower bus. */
const settleMs = 3000;
/** Below this span a rate is a guess and is not shown. */
const leastSpanMs = 500;
/** An estimate that is longer than the running one by less than this is noise, and does not turn the clock back. */
const tolerance = 1.25;

/** How far a phase of a job is, as it is shown. */
export interface Progress {
  readonly phase: JobProgressEvent['phase'];
  /** Never less than before within one attempt of the job. */
  readonly doneBytes: number;
  readonly totalBytes: number;
  /** Station's monotonic clock at the newest event. */
  readonly atMs: number;
  /** Bytes per second; null until there is enough to tell. */
  readonly rate: number | null;
  /** Time left of this phase; null until there is a rate. */
  readonly leftMs: number | null;
  /** Where the phase began to be seen, and the newest count as the station told it. */
  readonly since: { readonly atMs: number; readonly doneBytes: number };
  readonly toldBytes: number;
}

/** Progress after one more event. One that is older than what is shown changes nothing. */
export function advance(before: Progress | undefined, event: JobProgressEvent): Progress {
  if (before === undefined || before.phase !== event.phase) {
    return before !== undefined && event.atMs < before.atMs ? before : begin(event);
  }
  const passedMs = event.atMs - before.atMs;
  if (passedMs <= 0)
    return passedMs < 0 || event.doneBytes <= before.doneBytes ? before : { ...before, ...told(before, event) };
  // The station began the phase anew inside the same attempt: its count is lower, ours stands until it is reached again.
  const anew = event.doneBytes < before.toldBytes;
  const since = anew ? { atMs: event.atMs, doneBytes: event.doneBytes } : before.since;
  const rate = anew ? before.rate : moveRate(before, event, passedMs);
  return {
    ...before,
    ...told(before, event),
    atMs: event.atMs,
    since,
    rate,
    leftMs: rate === null ? null : moveLeft(before.leftMs, event, rate, passedMs),
  };
}

function begin(event: JobProgressEvent): Progress {
  const { phase, doneBytes, totalBytes, atMs } = event;
  return {
    phase,
    doneBytes,
    totalBytes,
    atMs,
    rate: null,
    leftMs: null,
    since: { atMs, doneBytes },
    toldBytes: doneBytes,
  };
}

function told(before: Progress, event: JobProgressEvent): Pick<Progress, 'doneBytes' | 'totalBytes' | 'toldBytes'> {
  const { doneBytes, totalBytes } = event;
  return { doneBytes: Math.max(before.doneBytes, doneBytes), totalBytes, toldBytes: doneBytes };
}

function moveRate(before: Progress, event: JobProgressEvent, passedMs: number): number | null {
  if (before.rate === null) {
    const spanMs = event.atMs - before.since.atMs;
    return spanMs < leastSpanMs ? null : ((event.doneBytes - before.since.doneBytes) / spanMs) * 1000;
  }
  const now = ((event.doneBytes - before.toldBytes) / passedMs) * 1000;
  return before.rate + (now - before.rate) * weight(passedMs);
}

function moveLeft(beforeMs: number | null, event: JobProgressEvent, rate: number, passedMs: number): number | null {
  if (rate <= 0) return beforeMs;
  const estimateMs = ((event.totalBytes - event.doneBytes) / rate) * 1000;
  if (beforeMs === null) return estimateMs;
  const expectedMs = Math.max(0, beforeMs - passedMs);
  if (estimateMs <= expectedMs) return expectedMs + (estimateMs - expectedMs) * weight(passedMs);
  if (estimateMs < expectedMs * tolerance) return expectedMs;
  return expectedMs + (estimateMs - expectedMs) * weight(passedMs);
}

function weight(passedMs: number): number {
  return 1 - Math.exp(-passedMs / settleMs);
}
