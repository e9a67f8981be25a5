import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import { say } from '../../words/say.ts';
import type { Card } from './cards.ts';
import type { Choice, Stock } from './choose-bundle.ts';
import { nameRelease, type KnownImages } from './name-release.ts';
import type { Reading } from './standing.ts';
import { benchWords } from './words.ts';

/** What a unit runs and what it gets, null where nothing, as a person reads versions: the release, or the security counter where that is all. */
export function versionsOf(
  { job, unit }: Card,
  reading: Reading | undefined,
  choice: Choice | null,
  stock: Pick<Stock, 'bundles'>,
  images: KnownImages,
): { readonly runs: string; readonly target: string | null } {
  const name = (of: UpdateJobView, counter: number | null): string =>
    nameRelease(of, counter, images, stock) ?? nameCounter(counter);
  if (job !== null && (job.endedAt === null || unit === null)) {
    const runs =
      job.checks.length === 0 ? say(benchWords.unknownYet) : name(job, job.versionAfter ?? job.versionBefore);
    const target = stock.bundles.find(({ digest }) => digest === job.bundleDigest)?.manifest.release.name;
    return { runs, target: target ?? name(job, job.versionTarget) };
  }
  const running = reading?.state?.slots.find(({ role }) => role === 'running');
  const runs =
    running === undefined
      ? job?.versionAfter == null
        ? say(benchWords.unknownYet)
        : name(job, job.versionAfter)
      : (running.version?.replace(/\+0$/, '') ?? nameCounter(running.counter));
  return { runs, target: choice?.why === null ? choice.bundle.manifest.release.name : null };
}

function nameCounter(counter: number | null): string {
  return counter === null ? say(benchWords.nothing) : say(benchWords.counter, { counter });
}
