import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import type { Stock } from './choose-bundle.ts';
import type { Reading } from './standing.ts';

/**
 * The release that a job's security counter stands for, as people call it. A job knows counters; their names are known by the bundle that it
 * installs, by what was read of its unit before it began, and by the other bundles of the product. Null where none of them knows.
 */
export function nameRelease(
  { bundleDigest, versionTarget, product, hardware }: UpdateJobView,
  counter: number | null,
  reading: Reading | undefined,
  { bundles }: Stock,
): string | null {
  if (counter === null) return null;
  const target = bundles.find(({ digest }) => digest === bundleDigest);
  if (target !== undefined && counter === versionTarget) return target.manifest.release.name;
  const read = reading?.state?.slots.find((slot) => slot.role === 'running' && slot.counter === counter)?.version;
  if (read != null) return read.replace(/\+0$/, '');
  const named = bundles.filter(
    ({ manifest }) =>
      manifest.product.id === product &&
      manifest.images.some(({ version, compat }) => version === counter && compat.includes(hardware ?? '')),
  );
  const [only, ...others] = new Set(named.map(({ manifest }) => manifest.release.name));
  // Two bundles with one counter tell nothing.
  return others.length === 0 ? (only ?? null) : null;
}
