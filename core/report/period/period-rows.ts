import * as v from 'valibot';
import { Manifest } from '../../../contract/schema/bundle.ts';
import type { PeriodReport } from '../../../contract/schema/period-report.ts';
import type { PeriodJob } from '../report-csv.ts';

/** The jobs with the names that their manifests give. Throws where a manifest does not have its form: that is checked before. */
export function readPeriodRows({ bundles, jobs }: Pick<PeriodReport, 'bundles' | 'jobs'>): readonly PeriodJob[] {
  const manifests = new Map(
    bundles.map(({ importSeq, manifest }) => [importSeq, v.parse(Manifest, JSON.parse(manifest))]),
  );
  return jobs.map(({ importSeq, job }) => {
    const manifest = manifests.get(importSeq);
    if (manifest === undefined) throw new TypeError(`the report carries no bundle for job ${job.id}`);
    const { product, release } = manifest;
    return { job, productName: product.name, releaseName: release.name, changeControl: release.changeControl };
  });
}
