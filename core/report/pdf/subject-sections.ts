import { namePlace } from '../../../contract/plain/name-place.ts';
import type { BundleSigner, ManifestDocument } from '../../../contract/schema/bundle.ts';
import type { ReportModel } from '../../../contract/schema/report.ts';
import type { ReportFacts } from '../report-facts.ts';
import { drawFields, type Field } from './field-grid.ts';
import { groupByFour } from './printable-text.ts';
import { beginSection } from './section.ts';
import type { Sheet } from './sheet.ts';
import { printPeriod, printVersions } from './wording.ts';

/** Which unit, where, for whom, by whom. */
export function drawUnit(sheet: Sheet, { job }: ReportModel, { manifest }: ReportFacts): void {
  beginSection(sheet, 'Unit', 60, 'a time without a date is of the day on which the job began');
  drawFields(sheet, [
    {
      label: 'Product',
      value: job.product === manifest.product.id ? `${manifest.product.name} (${job.product})` : job.product,
    },
    { label: 'Serial number', value: job.serial },
    { label: 'UDI', value: job.udi },
    { label: 'Asset tag', value: job.assetTag },
    { label: 'Hardware', value: job.hardware },
    ...profileFields(job),
    ...placeFields(job),
    { label: 'Work order', value: job.workOrder },
    { label: 'Carried out by', value: `${job.executedBy.printedName} (${job.executedBy.username})` },
    { label: 'Began, ended', value: printPeriod(job.createdAt, job.endedAt) },
    { label: 'Kind of job', value: job.kind },
  ]);
}

/** A unit that was driven by what a bundle says of it: by which bundle, and by which bytes. */
function profileFields({ profile }: ReportModel['job']): readonly Field[] {
  if (profile?.bundle == null) return [];
  return [
    { label: 'Device profile', value: `${profile.id}, which a bundle brought` },
    { label: 'That bundle', value: groupByFour(profile.bundle), style: 'code', wide: true },
    { label: "The profile's digest", value: groupByFour(profile.sha256), style: 'code', wide: true },
  ];
}

/** Where the unit stood. A serial that two units have proves less than one that is unique; whoever reads the report must know. */
export function placeFields({ position, place, clones = [] }: ReportModel['job']): readonly Field[] {
  return [
    { label: 'Bench position', value: namePlace(position, place) },
    ...(clones.length === 0 ? [] : [{ label: 'Same serial also at', value: clones.join(', ') }]),
  ];
}

/** What was installed, and who vouches for it. */
export function drawBundle(sheet: Sheet, { bundle, job }: ReportModel, { manifest }: ReportFacts): void {
  beginSection(sheet, 'Bundle', 60, 'digests and fingerprints are SHA-256');
  drawFields(sheet, [
    { label: 'Release', value: `${manifest.release.name}, change control ${manifest.release.changeControl}` },
    { label: 'Version', value: printVersions(job.versionBefore, job.versionTarget, job.versionAfter) },
    { label: 'Bundle digest', value: groupByFour(bundle.digest), style: 'code', wide: true },
    {
      label: 'Image digest',
      value: job.imageHash === null ? null : groupByFour(job.imageHash),
      style: 'code',
      wide: true,
    },
    ...bundle.signers.flatMap(signerFields),
    ...(manifest.documents ?? []).flatMap(documentFields),
  ]);
}

function documentFields({ title, kind, hash }: ManifestDocument): readonly Field[] {
  return [
    { label: 'Document', value: `${title} (${kind})`, wide: true },
    { label: 'Its digest', value: groupByFour(hash), style: 'code', wide: true },
  ];
}

function signerFields(signer: BundleSigner): readonly Field[] {
  return [
    { label: 'Signed by', value: signer.subject, wide: true },
    { label: 'Certificate', value: groupByFour(signer.certificateSha256), style: 'code', wide: true },
    { label: 'Trust anchor', value: groupByFour(signer.anchorSha256), style: 'code', wide: true },
    ...(signer.timestamp === undefined
      ? []
      : [{ label: 'Timestamp', value: `${signer.timestamp.time}, by ${signer.timestamp.authority}`, wide: true }]),
  ];
}
