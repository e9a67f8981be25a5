import { accept, type Result } from '../../../contract/result.ts';
import type { PeriodReport } from '../../../contract/schema/period-report.ts';
import { canonicalBytes } from '../../canonical-json.ts';
import type { PaperSize } from '../pdf/paper.ts';
import { writePeriodCsv } from '../report-csv.ts';
import { buildPeriodReport, type PeriodSource } from './period-model.ts';
import { renderPeriodPdf } from './period-pdf.ts';
import { readPeriodRows } from './period-rows.ts';

/** The report of a period in its three forms, not signed yet. */
export interface DrawnPeriod {
  readonly model: PeriodReport;
  readonly jsonBytes: Uint8Array;
  readonly pdfBytes: Uint8Array;
  readonly csvBytes: Uint8Array;
}

/** Builds the report of a period and writes it as JSON, PDF and CSV. Refuses as `buildPeriodReport`. */
export async function drawPeriod(source: PeriodSource, paper: PaperSize): Promise<Result<DrawnPeriod>> {
  const built = buildPeriodReport(source);
  if (!built.ok) return built;
  const model = built.value;
  return accept({
    model,
    jsonBytes: canonicalBytes(model),
    pdfBytes: await renderPeriodPdf(model, paper),
    csvBytes: Buffer.from(writePeriodCsv(readPeriodRows(model))),
  });
}
