import type { JobCheck, JobState, UpdateJobView } from '../../../contract/schema/update-job.ts';
import { phases, type Phase, type PhaseView } from '../../design/phase.ts';
import type { Progress } from '../../station/progress.ts';

/** Checks with which each phase ends, by the names that the station writes into the job. */
const endOfPhase: Readonly<Record<Phase, readonly string[]>> = {
  preflight: ['approvals'],
  stage: ['sent'],
  verify: ['read-back'],
  activate: ['contact-after-reset', 'on-trial'],
  'self-test': ['self-test', 'confirmed-by-unit'],
  confirm: ['permanent'],
};

const phaseOfState: Readonly<Partial<Record<JobState, Phase>>> = {
  created: 'preflight',
  ready: 'stage',
  staging: 'stage',
  staged: 'activate',
  activating: 'activate',
  testing: 'self-test',
  confirming: 'confirm',
};

/** Words for the results of phases, as the language of the window has them. */
export interface ResultWords {
  readonly checks: (passed: number, all: number) => string;
  readonly tests: (passed: number, all: number) => string;
}

/** A job's six phases: past ones keep how long they took and what came out. */
export function trackOf(job: UpdateJobView, progress: Progress | undefined, words: ResultWords): readonly PhaseView[] {
  const ends = phases.map((phase) => endOf(job, phase));
  const at = currentPhase(job, progress, ends);
  return phases.map((phase, index) => ({
    phase,
    state: index < at ? 'done' : index > at ? 'to-do' : isStuck(job) ? 'failed' : 'now',
    tookMs: index < at ? tookMs(job, ends, index) : null,
    result: index <= at ? resultOf(job, phase, words) : null,
  }));
}

function currentPhase(
  job: UpdateJobView,
  progress: Progress | undefined,
  ends: readonly (JobCheck | undefined)[],
): number {
  if (job.state === 'confirmed') return phases.length;
  const working = job.state === 'staging' && progress?.phase === 'verify' ? 'verify' : phaseOfState[job.state];
  if (working !== undefined) return phases.indexOf(working);
  // Not every unit is read back, so a phase may leave no check: what came after it proves that it is over.
  return Math.min(phases.length - 1, ends.findLastIndex((end) => end !== undefined) + 1);
}

function isStuck({ state }: UpdateJobView): boolean {
  return phaseOfState[state] === undefined;
}

function endOf({ checks }: UpdateJobView, phase: Phase): JobCheck | undefined {
  return checks.findLast(({ name, passed }) => passed && endOfPhase[phase].includes(name));
}

/** Null where a job that was interrupted did the phases in another order. */
function tookMs(job: UpdateJobView, ends: readonly (JobCheck | undefined)[], index: number): number | null {
  const end = index === phases.length - 1 ? (job.endedAt ?? undefined) : ends[index]?.at;
  const begin = index === 0 ? job.createdAt : ends[index - 1]?.at;
  if (end === undefined || begin === undefined) return null;
  const passedMs = Date.parse(end) - Date.parse(begin);
  return passedMs < 0 ? null : passedMs;
}

function resultOf({ checks, selfTest }: UpdateJobView, phase: Phase, words: ResultWords): string | null {
  if (phase === 'preflight') {
    const end = checks.findIndex(({ name }) => name === 'approvals');
    const made = end === -1 ? checks : checks.slice(0, end + 1);
    return made.length === 0 ? null : words.checks(made.filter(({ passed }) => passed).length, made.length);
  }
  if (phase !== 'self-test' || selfTest === null || selfTest.results.length === 0) return null;
  return words.tests(selfTest.results.filter(({ passed }) => passed).length, selfTest.results.length);
}
