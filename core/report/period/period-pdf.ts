import type { PeriodReport } from '../../../contract/schema/period-report.ts';
import { canonicalBytes } from '../../canonical-json.ts';
import { sha256Hex } from '../../digest.ts';
import { drawApprovals } from '../pdf/evidence-sections.ts';
import { drawPageFrame } from '../pdf/page-frame.ts';
import type { PaperSize } from '../pdf/paper.ts';
import {
  drawPeriodBundles,
  drawPeriodJobs,
  drawPeriodTitle,
  drawReleases,
  drawUnconfirmed,
  releaseOfBundle,
} from '../pdf/period-sections.ts';
import { drawProof } from '../pdf/proof-section.ts';
import { Sheet } from '../pdf/sheet.ts';
import { readApprovals } from '../report-facts.ts';
import { jsonDigestKeyword, readProofFacts } from '../proof-facts.ts';
import { readPeriodRows } from './period-rows.ts';

/** Draws the report of a period for people: from the model alone, with the same bytes for the same model. */
export async function renderPeriodPdf(model: PeriodReport, paper: PaperSize = 'A4'): Promise<Buffer> {
  const proof = readProofFacts(model.log.checkpoint, sha256Hex(canonicalBytes(model)));
  const rows = readPeriodRows(model);
  const sheet = new Sheet({
    paper,
    title: `Firmware service, period report ${model.id}`,
    author: model.station.name,
    subject: model.conclusion.what,
    keywords: jsonDigestKeyword + proof.jsonSha256,
    createdAt: new Date(model.generatedAt),
  });
  drawPeriodTitle(sheet, model);
  drawReleases(sheet, rows);
  drawUnconfirmed(sheet, rows);
  drawPeriodJobs(sheet, rows);
  drawPeriodBundles(sheet, model);
  drawApprovals(sheet, { approvals: readApprovals(model.approvals) }, ({ bundleDigest, kind }) =>
    kind === 'install' ? releaseOfBundle(model, bundleDigest) : `${kind} of ${releaseOfBundle(model, bundleDigest)}`,
  );
  drawProof(sheet, model, proof);
  drawPageFrame(sheet, model);
  return sheet.finish();
}
