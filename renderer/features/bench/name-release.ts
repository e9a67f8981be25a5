import type { UpdateJobView } from '../../../contract/schema/update-job.ts';
import type { Stock } from './choose-bundle.ts';

/** Versions of images that were read of units, by the hash by which a unit knows its image. */
export type KnownImages = ReadonlyMap<string, string>;

/**
 * The release that a security counter of a job stands for, as people call it. A job knows counters and hashes; their names are known by the bundle
 * that it installs, by the images that were read of units, and by the other bundles of the product. Null where none of them knows.
 */
export function nameRelease(
  job: UpdateJobView,
  counter: number | null,
  images: KnownImages,
  { bundles }: Pick<Stock, 'bundles'>,
): string | null {
  if (counter === null) return null;
  const { bundleDigest, versionBefore, versionTarget, bootHashBefore, product, hardware } = job;
  // Where both are the same counter it is the one that ran that is not known by the bundle.
  const isBefore = counter === versionBefore && bootHashBefore !== null;
  const read = isBefore ? images.get(bootHashBefore) : undefined;
  if (read !== undefined) return read.replace(/\+0$/, '');
  const target = bundles.find(({ digest }) => digest === bundleDigest);
  if (target !== undefined && counter === versionTarget) return target.manifest.release.name;
  const named = bundles.filter(
    ({ manifest }) =>
      manifest.product.id === product &&
      manifest.images.some(({ version, compat }) => version === counter && compat.includes(hardware ?? '')),
  );
  const [only, ...others] = new Set(named.map(({ manifest }) => manifest.release.name));
  // Two bundles with one counter tell nothing.
  return others.length === 0 ? (only ?? null) : null;
}
