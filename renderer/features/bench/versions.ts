import { say } from '../../words/say.ts';
import type { Card } from './cards.ts';
import type { Choice, Stock } from './choose-bundle.ts';
import type { Reading } from './standing.ts';
import { benchWords } from './words.ts';

/** What a unit runs and what it gets, as a person reads versions: the release, or the security counter where that is all. */
export function versionsOf(
  { job, unit }: Card,
  reading: Reading | undefined,
  choice: Choice | null,
  { bundles }: Stock,
): { readonly runs: string; readonly target: string } {
  const counter = (value: number | null | undefined): string =>
    value == null ? say(benchWords.nothing) : say(benchWords.counter, { counter: value });
  if (job !== null && (job.endedAt === null || unit === null)) {
    const release = bundles.find(({ digest }) => digest === job.bundleDigest)?.manifest.release.name;
    const before =
      job.checks.length === 0 ? say(benchWords.unknownYet) : counter(job.versionAfter ?? job.versionBefore);
    return { runs: before, target: release ?? counter(job.versionTarget) };
  }
  const running = reading?.state?.slots.find(({ role }) => role === 'running');
  const runs =
    running === undefined
      ? job?.versionAfter == null
        ? say(benchWords.unknownYet)
        : counter(job.versionAfter)
      : (running.version?.replace(/\+0$/, '') ?? counter(running.counter));
  return { runs, target: choice?.why === null ? choice.bundle.manifest.release.name : say(benchWords.none) };
}
