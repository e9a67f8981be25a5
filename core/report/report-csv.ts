import type { UpdateJob } from '../update/job.ts';
import { describeResult } from './conclusion.ts';

/** A job of the period, with the names that its bundle's manifest gives. */
export interface PeriodJob {
  readonly job: UpdateJob;
  readonly productName: string;
  readonly releaseName: string;
  readonly changeControl: string;
}

/** The columns in their order (docs/reports.md). New ones are only ever added at the end. */
const columns: readonly (readonly [string, (of: PeriodJob) => string | number | null])[] = [
  ['job', ({ job }) => job.id],
  ['began_utc', ({ job }) => job.createdAt],
  ['ended_utc', ({ job }) => job.endedAt],
  ['result', ({ job }) => job.state],
  ['kind', ({ job }) => job.kind],
  ['product', ({ productName }) => productName],
  ['hardware', ({ job }) => job.hardware],
  ['serial', ({ job }) => job.serial],
  ['position', ({ job }) => job.position],
  ['work_order', ({ job }) => job.workOrder],
  ['asset_tag', ({ job }) => job.assetTag],
  ['udi', ({ job }) => job.udi],
  ['release', ({ releaseName }) => releaseName],
  ['change_control', ({ changeControl }) => changeControl],
  ['bundle_sha256', ({ job }) => job.bundleDigest],
  ['version_before', ({ job }) => job.versionBefore],
  ['version_target', ({ job }) => job.versionTarget],
  ['version_after', ({ job }) => job.versionAfter],
  ['self_tests', ({ job }) => job.selfTest?.results.length ?? null],
  ['self_tests_passed', ({ job }) => job.selfTest?.results.filter(({ passed }) => passed).length ?? null],
  ['executed_by', ({ job }) => job.executedBy.printedName],
  ['code', ({ job }) => job.code],
  ['conclusion', ({ job }) => describeResult(job)],
  ['place', ({ job }) => job.place?.name ?? null],
  ['same_serial_at', ({ job }) => (job.clones ?? []).join(' ') || null],
];

/**
 * The jobs of a period as CSV (RFC 4180: comma, CRLF, quotes doubled; UTF-8 without a byte order mark; a header line), one
 * line for each. A text that a spreadsheet would run as a formula gets an apostrophe in front.
 */
export function writePeriodCsv(jobs: readonly PeriodJob[]): string {
  const head = columns.map(([name]) => name).join(',');
  const lines = jobs.map((of) => columns.map(([, read]) => writeField(read(of))).join(','));
  return [head, ...lines, ''].join('\r\n');
}

function writeField(value: string | number | null): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = startsLikeFormula(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Spreadsheets run what begins with one of these, also in their full-width forms and after white space. */
function startsLikeFormula(text: string): boolean {
  return /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n]/.test(text);
}
