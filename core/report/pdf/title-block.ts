import type { ReportModel } from '../../../contract/schema/report.ts';
import { type } from './paper.ts';
import type { Sheet } from './sheet.ts';
import { markOf } from './wording.ts';

const signRadius = 7;

/** The document's name, the result as a word with its sign, and the conclusion in three sentences. */
export function drawTitleBlock(sheet: Sheet, { conclusion, job }: ReportModel): void {
  const mark = markOf(job.state);
  const markWidth = sheet.widthOf(mark.word, 'title') + 1;
  const markX = sheet.left + sheet.width - markWidth;
  sheet.write('Firmware service report', { x: sheet.left, y: sheet.y, width: sheet.width / 2, style: 'title' });
  sheet.sign(mark.sign, markX - signRadius - 6, sheet.y + type.title.lineHeight / 2, signRadius, mark.ink);
  sheet.write(mark.word, { x: markX, y: sheet.y, width: markWidth, style: 'title', ink: mark.ink });
  sheet.y += type.title.lineHeight + 4;
  sheet.paragraph(conclusion.what, 'lead');
  sheet.y += 1.5;
  sheet.paragraph(conclusion.result, 'lead', mark.ink);
  sheet.y += 1.5;
  sheet.paragraph(conclusion.proof, 'body');
}
