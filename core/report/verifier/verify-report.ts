import type { KeyObject } from 'node:crypto';
import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { ReportCheck, ReportModel, ReportVerdict } from '../../../contract/schema/report.ts';
import { sha256Hex } from '../../digest.ts';
import { CheckList } from './check-list.ts';
import { checkCsv, type CsvFiles } from './check-csv.ts';
import { checkPdf, type PdfFiles } from './check-pdf.ts';
import { checkCanonicalForm, isOfPeriod, readJson, readModel, readPeriodModel, type ReadJson } from './read-report.ts';
import { checkStationKey, checkStationSignature } from './check-station.ts';
import { verifyEvidence } from './verify-evidence.ts';
import { verifyPeriodEvidence } from './verify-period.ts';

export interface ReportFiles {
  /** `<id>.json` */
  readonly jsonBytes: Uint8Array;
  /** `<id>.json.sig`: 64 raw bytes. */
  readonly signature: Uint8Array;
  /** The station's public key as the verifier knows it from elsewhere: PEM, or the SHA-256 of its SubjectPublicKeyInfo. */
  readonly trustedStationKey?: string;
  readonly pdf?: PdfFiles;
  /** Only the report of a period has one. */
  readonly csv?: CsvFiles;
}

export interface ReportVerification {
  /** Every check by name, also after one failed, so that an auditor sees what was changed. */
  readonly checks: readonly ReportCheck[];
  /** Refused with the code of the first check that failed. */
  readonly result: Result<ReportVerdict>;
}

/**
 * Verifies a report, of a job or of a period, on any machine, without the station and its database (REQ-OTA-RPT-02). Never throws for
 * what stands in the files.
 */
export function verifyReport(files: ReportFiles): ReportVerification {
  const list = new CheckList();
  const json = list.make('json', () => readJson(files.jsonBytes));
  if (json !== null && isOfPeriod(json)) return verifyPeriodReport(list, json, files);
  const model = list.makeFrom(json, 'schema', readModel);
  const key = checkOrigin(list, json, model, files);
  verifyEvidence(list, model);
  checkPaper(list, key, files);
  return { checks: list.checks, result: judge(list, model, files) };
}

function verifyPeriodReport(list: CheckList, json: ReadJson, files: ReportFiles): ReportVerification {
  const model = list.makeFrom(json, 'schema', readPeriodModel);
  const key = checkOrigin(list, json, model, files);
  verifyPeriodEvidence(list, model);
  checkPaper(list, key, files);
  const { csv } = files;
  // Only a report whose bundles hold can be written as a table again.
  const writable = key && model && list.firstFailure === null ? { key, model } : null;
  if (csv === undefined) list.skip('csv', 'No CSV was given.');
  else list.makeFrom(writable, 'csv', (of) => checkCsv(csv, of.key, of.model));
  return { checks: list.checks, result: judge(list, model, files) };
}

/** Whose report it is: its one spelling, the station's signature over that, and the key that the auditor trusts. */
function checkOrigin(
  list: CheckList,
  json: ReadJson | null,
  model: Pick<ReportModel, 'station'> | null,
  { jsonBytes, signature, trustedStationKey }: ReportFiles,
): KeyObject | null {
  list.makeFrom(json, 'canonical-form', (read) => checkCanonicalForm(jsonBytes, read));
  const key = list.makeFrom(model, 'station-signature', ({ station }) =>
    checkStationSignature(jsonBytes, signature, station),
  );
  if (trustedStationKey === undefined) list.skip('station-key', 'No trusted station key was given to compare with.');
  else list.makeFrom(model, 'station-key', ({ station }) => checkStationKey(station, trustedStationKey));
  return key;
}

function checkPaper(list: CheckList, key: KeyObject | null, { jsonBytes, pdf }: ReportFiles): void {
  if (pdf === undefined) list.skip('pdf', 'No PDF was given.');
  else list.makeFrom(key, 'pdf', (stationKey) => checkPdf(pdf, stationKey, sha256Hex(jsonBytes)));
}

function judge(
  list: CheckList,
  model: Pick<ReportModel, 'id' | 'station'> | null,
  { jsonBytes, trustedStationKey }: ReportFiles,
): Result<ReportVerdict> {
  const keyTrusted = trustedStationKey !== undefined;
  const failure = list.firstFailure;
  if (failure !== null) return refuse(failure.code, `The report does not verify. ${failure.reason}`);
  if (model === null) throw new Error('a report without a model has a failed check');
  const { id, station } = model;
  const training = station.training ? ' It was made in training mode and proves nothing about real equipment.' : '';
  const sentence = keyTrusted
    ? `The report is genuine: signed by the trusted station key, and everything in it agrees with the station's log.${training}`
    : `The report is consistent in itself, but the station key was not compared with one you trust: compare ${station.publicKeySha256}.${training}`;
  return accept({
    reportId: id,
    jsonSha256: sha256Hex(jsonBytes),
    stationKeyTrusted: keyTrusted,
    training: station.training,
    sentence,
  });
}
