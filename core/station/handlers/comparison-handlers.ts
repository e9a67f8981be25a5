import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { InstalledVersions } from '../../../contract/schema/bundle-comparison.ts';
import { compareManifests } from '../../bundle/compare/compare-manifests.ts';
import { compareStoredComponents } from '../../bundle/compare/stored-components.ts';
import type { ImportPorts } from '../../bundle/import-ports.ts';
import type { BundleRecord, BundleRepository } from '../../bundle/repository.ts';
import { findInstalledVersions } from '../../update/installed-versions.ts';
import type { JobHistory } from '../../update/job-history.ts';
import type { Handlers } from '../dispatch.ts';

export interface ComparisonHandlerDeps extends Pick<ImportPorts, 'bundles' | 'store'> {
  readonly history: JobHistory;
  /** Serial numbers of the units that stand at the bench; none where USB cannot be read. */
  readonly benchSerials: () => Promise<ReadonlySet<string>>;
}

/** A bundle beside another one, and beside what units run. */
export function createComparisonHandlers({
  bundles,
  store,
  history,
  benchSerials,
}: ComparisonHandlerDeps): Pick<Handlers, 'bundle.compare' | 'bundle.components' | 'bundle.installed'> {
  // One thread at a time: SBOMs may be large, and whoever asks may ask often.
  let last: Promise<unknown> = Promise.resolve();
  return {
    'bundle.compare': ({ digest, against }) => {
      const pair = findPair(digest, against, bundles);
      if (!pair.ok) return pair;
      const { before, after } = pair.value;
      return accept({ digest, against, ...compareManifests(before.manifest, after.manifest) });
    },
    'bundle.components': ({ digest, against }) => {
      const after = findBundle(digest, bundles);
      if (!after.ok) return after;
      const pair = against === null ? null : findPair(digest, against, bundles);
      if (pair?.ok === false) return pair;
      const before = pair?.value.before.manifest ?? null;
      const answer = last.then(() => compareStoredComponents(before, after.value.manifest, store));
      last = answer.catch(() => undefined);
      return answer;
    },
    'bundle.installed': async ({ digest }) => {
      const record = findBundle(digest, bundles);
      if (!record.ok) return record;
      const { groups, unknown, isWhole } = findInstalledVersions(record.value.manifest, history, await benchSerials());
      const versions = groups.map(({ bundleDigest, ...group }) => ({
        ...group,
        bundle:
          bundleDigest === null
            ? null
            : { digest: bundleDigest, release: bundles.get(bundleDigest)?.manifest.release.name ?? null },
      }));
      const product = record.value.manifest.product.id;
      return accept({ product, versions, unknown, isWhole, suggested: suggest(record.value, versions, bundles) });
    },
  };
}

/** What most units run, where its bundle is still here and another one; else the bundle of the product that was imported before this one. */
function suggest(
  { digest, manifest, importedAt }: BundleRecord,
  versions: InstalledVersions['versions'],
  bundles: BundleRepository,
): string | null {
  const run = versions
    .map(({ bundle }) => bundle?.digest)
    .find((one) => one !== undefined && one !== digest && bundles.has(one));
  if (run !== undefined) return run;
  const [before] = bundles
    .list()
    .filter((one) => one.manifest.product.id === manifest.product.id && one.digest !== digest)
    .filter((one) => one.importedAt < importedAt)
    .toSorted((a, b) => b.importedAt.localeCompare(a.importedAt));
  return before?.digest ?? null;
}

function findPair(
  digest: string,
  against: string,
  bundles: BundleRepository,
): Result<{ readonly before: BundleRecord; readonly after: BundleRecord }> {
  const after = findBundle(digest, bundles);
  if (!after.ok) return after;
  const before = findBundle(against, bundles);
  if (!before.ok) return before;
  const [one, other] = [after.value.manifest.product.id, before.value.manifest.product.id];
  if (one === other) return accept({ before: before.value, after: after.value });
  return refuse(
    'bundle.other-product',
    `One bundle is for ${one}, the other one for ${other}: there is nothing to compare.`,
  );
}

function findBundle(digest: string, bundles: BundleRepository): Result<BundleRecord> {
  const record = bundles.get(digest);
  return record === null
    ? refuse('update.bundle-unknown', `No imported bundle has the digest ${digest}.`)
    : accept(record);
}
