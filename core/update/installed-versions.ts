import type { Manifest } from '../../contract/schema/bundle.ts';
import type { InstalledVersion } from '../../contract/schema/bundle-comparison.ts';
import type { UpdateJob } from './job.ts';
import type { JobHistory } from './job-history.ts';

const MOST_UNITS = 500;
const MOST_SERIALS = 20;
/** A unit's newest jobs may all have been refused before anything was read. */
const JOBS_LOOKED_AT = 5;

export type InstalledGroup = Omit<InstalledVersion, 'bundle'> & { readonly bundleDigest: string | null };

export interface FoundVersions {
  /** Most units first, then the higher version. */
  readonly groups: readonly InstalledGroup[];
  readonly unknown: number;
  readonly isWhole: boolean;
}

/**
 * What the units of a manifest's product run, as this station's jobs last found them; units that no job has seen are not among them.
 *
 * @param benchSerials of all units that stand at the bench now
 */
export function findInstalledVersions(
  { product, images }: Pick<Manifest, 'product' | 'images'>,
  history: Pick<JobHistory, 'units' | 'jobsOf'>,
  benchSerials: ReadonlySet<string>,
): FoundVersions {
  const units = history.units({ text: null, product: product.id, after: null }, MOST_UNITS + 1);
  const groups = new Map<string, { bundleDigest: string | null; version: number; serials: string[] }>();
  let unknown = 0;
  for (const unit of units.slice(0, MOST_UNITS)) {
    const running = findRunning(history.jobsOf(unit, JOBS_LOOKED_AT));
    if (running === null) {
      unknown += 1;
      continue;
    }
    const key = `${running.version} ${running.bundleDigest ?? ''}`;
    const group = groups.get(key) ?? { ...running, serials: [] };
    group.serials.push(unit.serial);
    groups.set(key, group);
  }
  return {
    groups: [...groups.values()]
      .map(({ serials, version, bundleDigest }) => ({
        version,
        bundleDigest,
        units: serials.length,
        atBench: serials.filter((serial) => benchSerials.has(serial)).length,
        serials: serials.slice(0, MOST_SERIALS),
        step: stepFrom(version, images),
      }))
      .toSorted((a, b) => b.units - a.units || b.version - a.version),
    unknown,
    isWhole: units.length <= MOST_UNITS,
  };
}

/** Null where nobody knows: an indeterminate unit, one that is being worked on, or one that was never read. */
function findRunning(
  newestFirst: readonly UpdateJob[],
): { readonly version: number; readonly bundleDigest: string | null } | null {
  for (const { state, endedAt, versionBefore, versionAfter, bundleDigest } of newestFirst) {
    if (endedAt === null || state === 'abandoned' || state === 'indeterminate') return null;
    if (state === 'confirmed' && versionAfter !== null) return { version: versionAfter, bundleDigest };
    const version = versionAfter ?? versionBefore;
    if (version !== null) return { version, bundleDigest: findOrigin(version, newestFirst) };
  }
  return null;
}

function findOrigin(version: number, jobs: readonly UpdateJob[]): string | null {
  return jobs.find((job) => job.state === 'confirmed' && job.versionAfter === version)?.bundleDigest ?? null;
}

function stepFrom(version: number, images: Manifest['images']): InstalledVersion['step'] {
  if (images.every((image) => image.version > version)) return 'raise';
  if (images.every((image) => image.version === version)) return 'same';
  if (images.every((image) => image.version < version)) return 'lower';
  return 'unclear';
}
