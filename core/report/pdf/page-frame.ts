import type { ReportModel } from '../../../contract/schema/report.ts';
import { gap, margin } from './paper.ts';
import type { Sheet } from './sheet.ts';
import { printTime } from './wording.ts';

type FramedReport = Pick<ReportModel, 'id' | 'station' | 'generatedAt' | 'generatedBy'>;

const bandHeight = 16;

/** What stands on every page: station and report above, maker and page number below, and TRAINING where it is one. */
export function drawPageFrame(sheet: Sheet, model: FramedReport): void {
  sheet.forEachPage((page, pageCount) => {
    if (model.station.training) drawTraining(sheet);
    drawHeader(sheet, model);
    drawFooter(sheet, model, page, pageCount);
  });
}

function drawHeader(sheet: Sheet, { id, station }: FramedReport): void {
  const y = margin.top - 29;
  const half = sheet.width / 2;
  const stationName = sheet.shorten(`${station.name} (${station.id})`, half - gap.column, 'small');
  sheet.write(stationName, {
    x: sheet.left,
    y,
    width: half,
    style: 'small',
    ink: 'quiet',
  });
  sheet.write(id, { x: sheet.left + half, y, width: half, style: 'small', ink: 'quiet', align: 'right' });
  sheet.line(sheet.left, y + 13, sheet.width);
}

function drawFooter(sheet: Sheet, { generatedAt, generatedBy }: FramedReport, page: number, pageCount: number): void {
  const y = sheet.pageHeight - margin.bottom + 13;
  const half = sheet.width / 2;
  sheet.line(sheet.left, y - 4, sheet.width);
  const maker = sheet.shorten(`Made ${printTime(generatedAt)} by ${generatedBy}`, half * 1.5, 'small');
  sheet.write(maker, { x: sheet.left, y, width: half * 1.5, style: 'small', ink: 'quiet' });
  const pageOf = `Page ${page} of ${pageCount}`;
  sheet.write(pageOf, { x: sheet.left + half, y, width: half, style: 'small', ink: 'quiet', align: 'right' });
}

function drawTraining(sheet: Sheet): void {
  sheet.fill(0, 0, sheet.pageWidth, bandHeight, 'bandFill');
  sheet.write('TRAINING — made with a virtual unit, no proof about real equipment', {
    x: sheet.left,
    y: (bandHeight - 10.5) / 2,
    width: sheet.width,
    style: 'strong',
    ink: 'bandText',
  });
  sheet.stampAcross('TRAINING', 'stamp');
}
