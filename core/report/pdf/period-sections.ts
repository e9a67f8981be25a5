import * as v from 'valibot';
import { Manifest } from '../../../contract/schema/bundle.ts';
import type { PeriodReport } from '../../../contract/schema/period-report.ts';
import { describeResult } from '../conclusion.ts';
import { countOutcomes } from '../period/period-conclusion.ts';
import type { PeriodJob } from '../report-csv.ts';
import { drawFields } from './field-grid.ts';
import { type } from './paper.ts';
import { groupByFour } from './printable-text.ts';
import { beginSection } from './section.ts';
import type { Sheet } from './sheet.ts';
import { drawTable, widestIn, type Cell, type Column } from './table.ts';
import { markOf, printClock } from './wording.ts';

/** The document's name, the days, and the conclusion in three sentences. */
export function drawPeriodTitle(sheet: Sheet, { conclusion, period }: PeriodReport): void {
  const { firstDay, lastDay } = period;
  const days = firstDay === lastDay ? firstDay : `${firstDay} to ${lastDay}`;
  sheet.write('Firmware service report', { x: sheet.left, y: sheet.y, width: sheet.width / 2, style: 'title' });
  const x = sheet.left + sheet.width / 2;
  sheet.write(days, { x, y: sheet.y, width: sheet.width / 2, style: 'title', align: 'right' });
  sheet.y += type.title.lineHeight + 4;
  sheet.paragraph(conclusion.what, 'lead');
  sheet.y += 1.5;
  sheet.paragraph(conclusion.result, 'lead');
  sheet.y += 1.5;
  sheet.paragraph(conclusion.proof, 'body');
}

/** What was installed how often, and how it came out. */
export function drawReleases(sheet: Sheet, rows: readonly PeriodJob[]): void {
  if (rows.length === 0) return;
  const releases = Map.groupBy(rows, ({ changeControl, productName, releaseName }) =>
    JSON.stringify([productName, releaseName, changeControl]),
  );
  drawTable(sheet, {
    columns: [
      { title: 'Releases', heading: true, share: 0.34 },
      { title: 'Release', share: 0.14 },
      { title: 'Change control', share: 0.2 },
      { title: 'Jobs' },
      { title: 'How they ended', share: 0.32 },
    ],
    rows: [...releases.values()].map((of) => [
      of[0]?.productName ?? '',
      of[0]?.releaseName ?? '',
      of[0]?.changeControl ?? '',
      String(of.length),
      countOutcomes(of.map(({ job }) => job))
        .map(([word, count]) => `${count} ${word}`)
        .join(', '),
    ]),
  });
}

/** The jobs that somebody may have to do something about, each with its reason. */
export function drawUnconfirmed(sheet: Sheet, rows: readonly PeriodJob[]): void {
  const unconfirmed = rows.filter(({ job }) => job.state !== 'confirmed');
  if (rows.length === 0) return;
  if (unconfirmed.length === 0) {
    beginSection(sheet, 'Not confirmed', 20);
    sheet.paragraph('Every job of the period was confirmed.', 'cell', 'quiet');
    return;
  }
  drawTable(sheet, {
    columns: [
      { title: 'Not confirmed', heading: true },
      { title: 'Serial number' },
      { title: 'What happened', share: 1 },
    ],
    rows: unconfirmed.map(({ job }) => [printClock(job.createdAt), job.serial ?? '—', describeResult(job)]),
  });
}

/** Every job of the period, one line each where its texts are not long. */
export function drawPeriodJobs(sheet: Sheet, rows: readonly PeriodJob[]): void {
  if (rows.length === 0) return;
  const columns: readonly Column[] = [
    { title: 'Jobs', heading: true },
    { title: 'Began (UTC)' },
    { title: 'Serial number', share: 1 },
    { title: 'Work order', share: 1 },
    { title: 'Asset tag', share: 1 },
    { title: 'Version' },
    { title: 'Carried out by', share: 1 },
    { title: 'Result' },
  ];
  const lines = rows.map(({ job }) => [
    { text: job.id.slice(0, 8), style: 'code' as const },
    printClock(job.createdAt).slice(0, 16),
    job.serial ?? '—',
    job.workOrder,
    job.assetTag ?? '—',
    `${job.versionBefore ?? '—'} → ${job.versionAfter ?? '—'}`,
    job.executedBy.printedName,
    resultCell(job.state),
  ]);
  // Each of the free texts gets room as it needs it, so that one long work order does not squeeze the others to nothing.
  const fitted = columns.map((column, index) => ({
    ...column,
    gapBefore: 7,
    ...(column.share === undefined
      ? {}
      : { share: Math.min(widestIn(sheet, { columns, rows: lines }, index), longestTextPt) }),
  }));
  drawTable(sheet, { columns: fitted, rows: lines });
}

/** Room that one long text may claim of a line, in points. */
const longestTextPt = 110;

/** What was installed, by digest, and who vouches for it. */
export function drawPeriodBundles(sheet: Sheet, { bundles }: PeriodReport): void {
  if (bundles.length === 0) return;
  beginSection(sheet, 'Bundles', 40, 'digests are SHA-256');
  drawFields(
    sheet,
    bundles.flatMap(({ digest, importSeq, manifest, signers }) => [
      {
        label: 'Release',
        value: `${releaseOf(manifest)}, imported with event ${importSeq}`,
        style: 'strong' as const,
        wide: true,
      },
      { label: 'Bundle digest', value: groupByFour(digest), style: 'code' as const, wide: true },
      { label: 'Signed by', value: signers.map(({ subject }) => subject).join('; '), wide: true },
    ]),
  );
}

/** The release that an approval is for; a bundle of two imports is one release. */
export function releaseOfBundle({ bundles }: PeriodReport, digest: string): string {
  const bundle = bundles.find((one) => one.digest === digest);
  return bundle === undefined ? groupByFour(digest.slice(0, 16)) : releaseOf(bundle.manifest);
}

function releaseOf(manifest: string): string {
  const { product, release } = v.parse(Manifest, JSON.parse(manifest));
  return `${product.name} ${release.name}`;
}

function resultCell(state: PeriodJob['job']['state']): Cell {
  const { ink, sign, word } = markOf(state);
  return { text: word, ink, sign, ...(sign === 'passed' ? {} : { style: 'strong' }) };
}
