import { accept, refuse, type Result } from '../../../contract/result.ts';
import type { ReportCheck, ReportModel, ReportVerdict } from '../../../contract/schema/report.ts';
import { sha256Hex } from '../../digest.ts';
import { CheckList } from './check-list.ts';
import { checkPdf, type PdfFiles } from './check-pdf.ts';
import { checkCanonicalForm, readJson, readModel } from './read-report.ts';
import { checkStationKey, checkStationSignature } from './check-station.ts';
import { verifyEvidence } from './verify-evidence.ts';

export interface ReportFiles {
  /** `<id>.json` */
  readonly jsonBytes: Uint8Array;
  /** `<id>.json.sig`: 64 raw bytes. */
  readonly signature: Uint8Array;
  /** The station's public key as the verifier knows it from elsewhere: PEM, or the SHA-256 of its SubjectPublicKeyInfo. */
  readonly trustedStationKey?: string;
  readonly pdf?: PdfFiles;
}

export interface ReportVerification {
  /** Every check by name, also after one failed, so that an auditor sees what was changed. */
  readonly checks: readonly ReportCheck[];
  /** Refused with the code of the first check that failed. */
  readonly result: Result<ReportVerdict>;
}

/**
 * Verifies a job's report on any machine, without the station and its database (REQ-OTA-RPT-02). Never throws for what
 * stands in the files.
 */
export function verifyReport({ jsonBytes, pdf, signature, trustedStationKey }: ReportFiles): ReportVerification {
  const list = new CheckList();
  const json = list.make('json', () => readJson(jsonBytes));
  const model = list.makeFrom(json, 'schema', readModel);
  list.makeFrom(json, 'canonical-form', (read) => checkCanonicalForm(jsonBytes, read));
  const key = list.makeFrom(model, 'station-signature', ({ station }) =>
    checkStationSignature(jsonBytes, signature, station),
  );
  if (trustedStationKey === undefined) list.skip('station-key', 'No trusted station key was given to compare with.');
  else list.makeFrom(model, 'station-key', ({ station }) => checkStationKey(station, trustedStationKey));
  verifyEvidence(list, model);
  if (pdf === undefined) list.skip('pdf', 'No PDF was given.');
  else list.makeFrom(key, 'pdf', (stationKey) => checkPdf(pdf, stationKey, sha256Hex(jsonBytes)));
  return { checks: list.checks, result: judge(list, model, jsonBytes, trustedStationKey !== undefined) };
}

function judge(
  list: CheckList,
  model: ReportModel | null,
  jsonBytes: Uint8Array,
  keyTrusted: boolean,
): Result<ReportVerdict> {
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
