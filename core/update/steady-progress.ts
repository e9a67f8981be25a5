import type { Clock } from '../ports.ts';
import type { PhaseProgress } from './steps/step.ts';

/** Twenty times a second and job is more than anyone can read, and little enough for eight jobs beside their transfers. */
const LEAST_INTERVAL_MS = 50;

/** Thins out a job's progress: the first and the last of a phase, and between them at most one in 50 ms. */
export function steadyProgress(
  clock: Clock,
  tell: (progress: PhaseProgress) => void,
): (progress: PhaseProgress) => void {
  const last = new Map<string, { readonly phase: string; readonly atMs: number }>();
  return (progress) => {
    const { jobId, phase, doneBytes, totalBytes } = progress;
    const atMs = clock.monotonicMs();
    const before = last.get(jobId);
    const isLast = doneBytes >= totalBytes;
    if (before?.phase === phase && !isLast && atMs - before.atMs < LEAST_INTERVAL_MS) return;
    if (isLast) last.delete(jobId);
    else last.set(jobId, { phase, atMs });
    tell(progress);
  };
}
