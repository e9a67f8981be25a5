import type { KeyObject } from 'node:crypto';
import { refuse, type Result } from '../../../contract/result.ts';
import type { PeriodReport } from '../../../contract/schema/period-report.ts';
import { verifyEd25519 } from '../../audit/verifier-key.ts';
import { readPeriodRows } from '../period/period-rows.ts';
import { writePeriodCsv } from '../report-csv.ts';
import { found, type Finding } from './check-list.ts';

export interface CsvFiles {
  readonly csvBytes: Uint8Array;
  readonly csvSignature: Uint8Array;
}

/** The station signed the CSV, and it is byte for byte what the jobs of the report give. */
export function checkCsv(
  { csvBytes, csvSignature }: CsvFiles,
  key: KeyObject,
  model: PeriodReport,
): Result<Finding<true>> {
  if (!verifyEd25519(key, csvBytes, csvSignature)) {
    const reason = "The station's signature does not fit the CSV: it was changed, or is of another station.";
    return refuse('report.csv-invalid', reason);
  }
  if (Buffer.compare(Buffer.from(writePeriodCsv(readPeriodRows(model))), csvBytes) !== 0)
    return refuse('report.csv-invalid', 'The CSV does not say what the jobs of this report say.');
  return found('The CSV is signed by the station and says what the jobs of this report say.', true);
}
