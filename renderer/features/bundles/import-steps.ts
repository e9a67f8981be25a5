import type { BundleImportEvent } from '../../../contract/events.ts';
import { importSteps } from '../../../contract/plain/import-steps.ts';
import type { ImportStep } from '../../../contract/schema/bundle-import.ts';
import type { Progress } from '../../station/progress.ts';

/** How one step of an import is shown. `skipped`: the bundle has nothing of it to check. */
export interface StepView {
  readonly step: ImportStep;
  readonly state: 'done' | 'now' | 'failed' | 'skipped' | 'to-do';
  readonly tookMs: number | null;
}

/** Below this span a rate is a guess and is not shown. */
const leastSpanMs = 500;

/** Every step, always all of them, so that nothing moves when one turns out to be left out. */
export function viewSteps({ step, past, outcome }: BundleImportEvent): readonly StepView[] {
  const steps = importSteps.filter((one) => one !== 'waiting');
  const at = steps.indexOf(step as (typeof steps)[number]);
  return steps.map((one, index) => {
    const passed = past.find((each) => each.step === one);
    if (passed !== undefined) return { step: one, state: 'done', tookMs: passed.tookMs };
    if (index > at) return { step: one, state: 'to-do', tookMs: null };
    if (index < at) return { step: one, state: 'skipped', tookMs: null };
    return { step: one, state: outcome === null ? 'now' : 'failed', tookMs: null };
  });
}

/** How long the station worked on it: waiting for others is not its time. */
export function workedMs({ elapsedMs, past }: BundleImportEvent): number {
  return elapsedMs - (past.find(({ step }) => step === 'waiting')?.tookMs ?? 0);
}

/** Bytes of the step at hand; null where it counts none. */
export function progressOf({
  doneBytes,
  totalBytes,
  elapsedMs,
  past,
}: BundleImportEvent): Pick<Progress, 'doneBytes' | 'totalBytes' | 'rate' | 'leftMs'> | null {
  if (totalBytes === 0) return null;
  const spanMs = elapsedMs - past.reduce((sum, { tookMs }) => sum + tookMs, 0);
  const rate = spanMs < leastSpanMs || doneBytes === 0 ? null : (doneBytes / spanMs) * 1000;
  const leftMs = rate === null ? null : ((totalBytes - doneBytes) / rate) * 1000;
  return { doneBytes, totalBytes, rate, leftMs };
}
