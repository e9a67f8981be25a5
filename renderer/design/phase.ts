/** The phases of an update, in their order. */
export const phases = ['preflight', 'stage', 'verify', 'activate', 'self-test', 'confirm'] as const;
export type Phase = (typeof phases)[number];

/** One phase on the track. Past ones keep how long they took and what came out. */
export interface PhaseView {
  readonly phase: Phase;
  readonly state: 'done' | 'now' | 'failed' | 'to-do';
  readonly tookMs: number | null;
  /** Short, e.g. "12 of 12 checks". */
  readonly result: string | null;
}
