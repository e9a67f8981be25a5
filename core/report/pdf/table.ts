import { gap, type, type Ink, type TypeStyle } from './paper.ts';
import type { Sheet } from './sheet.ts';

export interface Column {
  readonly title: string;
  /** Share of the table's width; the shares of a table add up to 1. */
  readonly share: number;
  readonly style?: TypeStyle;
  /** True for the column whose title is the section's heading. */
  readonly heading?: boolean;
}

export interface Cell {
  readonly text: string;
  readonly style?: TypeStyle;
  readonly ink?: Ink;
  /** Drawn before the text. */
  readonly sign?: 'passed' | 'failed' | 'open';
}

export type Row = readonly (string | Cell)[];

const signRoom = 10;

/**
 * The report's one table: a head in small grey type that begins with the section's heading, hairlines between rows, no
 * boxes. A row never breaks; where a page ends, the head is repeated on the next one.
 */
export function drawTable(sheet: Sheet, columns: readonly Column[], rows: readonly Row[]): void {
  const widths = columnWidths(sheet, columns);
  const heights = rows.map((row) => rowHeight(sheet, columns, widths, row));
  sheet.y += sheet.atTop ? 0 : gap.section;
  sheet.ensureRoom(headHeight + (heights[0] ?? 0));
  drawHead(sheet, columns, widths);
  rows.forEach((row, index) => {
    const height = heights[index] ?? 0;
    if (height > sheet.room) {
      sheet.ensureRoom(height);
      drawHead(sheet, columns, widths);
    }
    drawRow(sheet, columns, widths, row);
    sheet.y += height;
    if (index < rows.length - 1) sheet.line(sheet.left, sheet.y, sheet.width);
  });
}

/** Height that the table takes on one page, with the gap above it. */
export function measureTable(sheet: Sheet, columns: readonly Column[], rows: readonly Row[]): number {
  const widths = columnWidths(sheet, columns);
  const heights = rows.map((row) => rowHeight(sheet, columns, widths, row));
  return heights.reduce((sum, height) => sum + height, gap.section + headHeight);
}

const headHeight = type.section.lineHeight + gap.afterHeading;

function columnWidths(sheet: Sheet, columns: readonly Column[]): readonly number[] {
  return columns.map(({ share }) => share * (sheet.width + gap.column) - gap.column);
}

function drawHead(sheet: Sheet, columns: readonly Column[], widths: readonly number[]): void {
  let x = sheet.left;
  columns.forEach((column, index) => {
    const width = widths[index] ?? 0;
    const style = column.heading === true ? 'section' : 'label';
    const y = sheet.y + type.section.lineHeight - type[style].lineHeight;
    sheet.write(column.title, { x, y, width, style, ink: column.heading === true ? 'text' : 'quiet' });
    x += width + gap.column;
  });
  sheet.y += headHeight;
  sheet.line(sheet.left, sheet.y, sheet.width, 'quiet');
}

function drawRow(sheet: Sheet, columns: readonly Column[], widths: readonly number[], row: Row): void {
  let x = sheet.left;
  columns.forEach((column, index) => {
    const cell = cellAt(row, index);
    const style = cell.style ?? column.style ?? 'cell';
    const indent = cell.sign ? signRoom : 0;
    const y = sheet.y + gap.row;
    const color = cell.ink ?? 'text';
    if (cell.sign) sheet.sign(cell.sign, x + 3.2, y + type[style].lineHeight / 2 - 0.3, 3.2, color);
    const width = widths[index] ?? 0;
    sheet.write(cell.text, { x: x + indent, y, width: width - indent, style, ink: color });
    x += width + gap.column;
  });
}

function rowHeight(sheet: Sheet, columns: readonly Column[], widths: readonly number[], row: Row): number {
  const heights = columns.map((column, index) => {
    const cell = cellAt(row, index);
    const width = (widths[index] ?? 0) - (cell.sign ? signRoom : 0);
    return sheet.measure(cell.text, width, cell.style ?? column.style ?? 'cell');
  });
  return Math.max(...heights) + 2 * gap.row;
}

function cellAt(row: Row, index: number): Cell {
  const cell = row[index] ?? '';
  return typeof cell === 'string' ? { text: cell } : cell;
}
