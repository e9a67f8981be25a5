import type { ReportModel } from '../../../contract/schema/report.ts';
import type { ReportFacts } from '../report-facts.ts';
import { drawFields } from './field-grid.ts';
import { gap } from './paper.ts';
import { groupByFour } from './printable-text.ts';
import { beginSection } from './section.ts';
import type { Sheet } from './sheet.ts';
import { drawTable } from './table.ts';
import { printTime, printVersions } from './wording.ts';

/** Which unit, where, for whom, by whom. */
export function drawUnit(sheet: Sheet, { job }: ReportModel, { manifest }: ReportFacts): void {
  beginSection(sheet, 'Unit', 60);
  drawFields(sheet, [
    {
      label: 'Product',
      value: job.product === manifest.product.id ? `${manifest.product.name} (${job.product})` : job.product,
    },
    { label: 'Work order', value: job.workOrder },
    { label: 'Serial number', value: job.serial },
    { label: 'Asset tag', value: job.assetTag },
    { label: 'Hardware', value: job.hardware },
    { label: 'UDI', value: job.udi },
    { label: 'Bench position', value: job.position },
    { label: 'Carried out by', value: `${job.executedBy.printedName} (${job.executedBy.username})` },
    { label: 'Began', value: printTime(job.createdAt) },
    { label: 'Ended', value: job.endedAt === null ? null : printTime(job.endedAt) },
  ]);
}

/** What was installed, and who vouches for it. */
export function drawBundle(sheet: Sheet, { bundle, job }: ReportModel, { manifest }: ReportFacts): void {
  beginSection(sheet, 'Bundle', 60);
  drawFields(sheet, [
    { label: 'Release', value: manifest.release.name },
    { label: 'Change control', value: manifest.release.changeControl },
    { label: 'Version', value: printVersions(job.versionBefore, job.versionTarget, job.versionAfter) },
    { label: 'Kind of job', value: job.kind },
    { label: 'Bundle digest', value: groupByFour(bundle.digest), style: 'code', wide: true },
    {
      label: 'Image digest',
      value: job.imageHash === null ? null : groupByFour(job.imageHash),
      style: 'code',
      wide: true,
    },
  ]);
  sheet.y -= gap.section / 2;
  drawTable(
    sheet,
    [
      { title: 'Signed by', share: 0.25 },
      { title: 'Certificate, SHA-256', share: 0.375, style: 'code' },
      { title: 'Trust anchor, SHA-256', share: 0.375, style: 'code' },
    ],
    bundle.signers.map((signer) => [
      signer.subject,
      groupByFour(signer.certificateSha256),
      groupByFour(signer.anchorSha256),
    ]),
  );
}
