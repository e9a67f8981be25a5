import type { JobState, UpdateJobView } from '../../../../contract/schema/update-job.ts';
import type { Stock } from '../choose-bundle.ts';
import { nameRelease, type KnownImages } from '../name-release.ts';

/** Release by its name, or by the security counter where it has none; null: the job does not say. */
export type LabelVersion = { readonly release: string } | { readonly counter: number } | null;

/** What stands on the label of a unit whose job has ended. */
export interface LabelFacts {
  readonly jobId: string;
  readonly serial: string | null;
  readonly product: string;
  readonly before: LabelVersion;
  readonly after: LabelVersion;
  readonly state: JobState;
  /** UTC. */
  readonly endedAt: string;
  readonly workOrder: string;
  readonly assetTag: string | null;
  readonly training: boolean;
  /** Text of the symbol: what a scan at the bench or in the history finds the unit by. */
  readonly code: string;
}

/** Null while the job is open: a label says how something ended. */
export function labelOf(job: UpdateJobView, images: KnownImages, stock: Pick<Stock, 'bundles'>): LabelFacts | null {
  if (job.endedAt === null) return null;
  const bundle = stock.bundles.find(({ digest }) => digest === job.bundleDigest);
  const version = (counter: number | null): LabelVersion => {
    const release = nameRelease(job, counter, images, stock);
    return release !== null ? { release } : counter === null ? null : { counter };
  };
  const { id, serial, state, endedAt, workOrder, assetTag, training } = job;
  return {
    jobId: id,
    serial,
    product: bundle?.manifest.product.name ?? job.product ?? '',
    before: version(job.versionBefore),
    after: version(job.versionAfter),
    state,
    endedAt,
    workOrder,
    assetTag,
    training,
    code: serial ?? id,
  };
}
