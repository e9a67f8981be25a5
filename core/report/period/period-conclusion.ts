import type { PeriodReport } from '../../../contract/schema/period-report.ts';
import type { JobState } from '../../../contract/schema/update-job.ts';
import type { UpdateJob } from '../../update/job.ts';

export type PeriodFacts = Pick<PeriodReport, 'jobs' | 'period' | 'station' | 'approvals'> & {
  readonly eventCount: number;
  /** Size of the log that the checkpoint is over. */
  readonly treeSize: bigint;
};

/** How a job came out, for counting: its end, or that it has none yet. */
const outcomeWords: readonly (readonly [JobState, string])[] = [
  ['confirmed', 'confirmed'],
  ['reverted', 'reverted'],
  ['refused', 'refused'],
  ['failed', 'failed'],
  ['cancelled', 'cancelled'],
  ['abandoned', 'given up'],
  ['indeterminate', 'indeterminate'],
];

/** Three sentences, part of the format `drydock-period-report/1`: the verifier makes them again and compares. */
export function concludePeriod(facts: PeriodFacts): PeriodReport['conclusion'] {
  const jobs = facts.jobs.map(({ job }) => job);
  return { what: describeJobs(facts, jobs), result: describeOutcomes(jobs), proof: describeProof(facts) };
}

/** How many jobs came to each end, without those that none came to. */
export function countOutcomes(jobs: readonly UpdateJob[]): readonly (readonly [string, number])[] {
  const counted = outcomeWords.map(
    ([state, word]) => [word, jobs.filter((job) => job.state === state).length] as const,
  );
  const open = jobs.length - counted.reduce((sum, [, count]) => sum + count, 0);
  return [...counted, ['not finished', open] as const].filter(([, count]) => count > 0);
}

function describeJobs({ period, station }: PeriodFacts, jobs: readonly UpdateJob[]): string {
  const units = new Set(
    jobs.flatMap(({ product, serial }) => (serial === null ? [] : [`${product ?? ''}\n${serial}`])),
  );
  const training = station.training ? 'Training: ' : '';
  const days =
    period.firstDay === period.lastDay ? `on ${period.firstDay}` : `from ${period.firstDay} to ${period.lastDay}`;
  return `${training}${countOf(jobs.length, 'job')} on ${countOf(units.size, 'unit')} began ${days} (UTC).`;
}

function describeOutcomes(jobs: readonly UpdateJob[]): string {
  if (jobs.length === 0) return 'No job began in the period.';
  return `${countOutcomes(jobs)
    .map(([word, count]) => `${count} ${word}`)
    .join(', ')}.`;
}

function describeProof({ approvals, eventCount, station, treeSize }: PeriodFacts): string {
  const proof = `Each job is proven by its events: ${countOf(eventCount, 'audit event')} under the station's signed checkpoint over ${treeSize}, ${countOf(approvals.length, 'approval')} and station key ${station.publicKeySha256.slice(0, 16)}. That no other job began in the period is the station's word.`;
  return station.training ? `${proof} Made in training mode: it proves nothing about real equipment.` : proof;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
