import type { ReportModel } from '../../contract/schema/report.ts';
import { sha256Hex } from '../digest.ts';
import { drawApprovals, drawChecks, drawEvents, drawSelfTest } from './pdf/evidence-sections.ts';
import { drawPageFrame } from './pdf/page-frame.ts';
import type { PaperSize } from './pdf/paper.ts';
import { drawProof, measureProof } from './pdf/proof-section.ts';
import { Sheet } from './pdf/sheet.ts';
import { drawBundle, drawUnit } from './pdf/subject-sections.ts';
import { drawTitleBlock } from './pdf/title-block.ts';
import { jsonDigestKeyword, readProofFacts } from './proof-facts.ts';
import { readReportFacts } from './report-facts.ts';
import { reportJsonBytes } from './report-json.ts';

/**
 * Draws a report for people: from the model alone, so that the paper says what the JSON says, and with the same bytes for
 * the same model. The model is one that `buildJobReport` made; for another one this may throw.
 */
export async function renderReportPdf(model: ReportModel, paper: PaperSize = 'A4'): Promise<Buffer> {
  const facts = readReportFacts(model);
  const proof = readProofFacts(model.log.checkpoint, sha256Hex(reportJsonBytes(model)));
  const sheet = new Sheet({
    paper,
    title: `Firmware service report ${model.id}`,
    author: model.station.name,
    subject: model.conclusion.what,
    keywords: jsonDigestKeyword + proof.jsonSha256,
    createdAt: new Date(model.generatedAt),
  });
  drawTitleBlock(sheet, model);
  drawUnit(sheet, model, facts);
  drawBundle(sheet, model, facts);
  drawChecks(sheet, model);
  drawSelfTest(sheet, model);
  drawApprovals(sheet, facts);
  drawEvents(sheet, model, facts, measureProof(sheet, model, proof));
  drawProof(sheet, model, proof);
  drawPageFrame(sheet, model);
  return sheet.finish();
}
