import { gap, type, type Ink, type TypeStyle } from './paper.ts';
import type { Sheet } from './sheet.ts';

export interface Column {
  readonly title: string;
  /**
   * Share of the width that the other columns leave, in proportion to the shares of the table's other columns. Without one
   * the column is as wide as its widest text, up to a quarter of the table.
   */
  readonly share?: number;
  readonly style?: TypeStyle;
  /** True for the column whose title is the section's heading. */
  readonly heading?: boolean;
  /** Room before the column, where it is not the usual one. */
  readonly gapBefore?: number;
}

export interface Cell {
  readonly text: string;
  readonly style?: TypeStyle;
  readonly ink?: Ink;
  /** Drawn before the text. */
  readonly sign?: 'passed' | 'failed' | 'open';
}

export type Row = readonly (string | Cell)[];

export interface Table {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** What comes right after a table and is not to stand on a page without the table's last rows. */
export interface Following {
  readonly height: number;
  /** How many of the last rows go with it. */
  readonly rows: number;
}

const signRoom = 10;
const headHeight = type.section.lineHeight + gap.afterHeading;

/**
 * The report's one table: a head in small grey type that begins with the section's heading, hairlines between rows, no
 * boxes. A row never breaks; where a page ends, the head is repeated on the next one. With `following`, the last rows begin a new
 * page where there is no room for them and for it.
 */
export function drawTable(sheet: Sheet, table: Table, following: Following = { height: 0, rows: 0 }): void {
  const { columns, rows } = table;
  const places = placeColumns(sheet, table);
  const heights = rows.map((row) => rowHeight(sheet, columns, places, row));
  sheet.y += sheet.atTop ? 0 : gap.section;
  const tailAt = Math.max(0, rows.length - following.rows);
  const tail = sum(heights.slice(tailAt)) + following.height;
  // A tail that has no room on any page is left to break where it must.
  const roomFor = (index: number): number =>
    index === tailAt && headHeight + tail <= sheet.pageRoom ? tail : (heights[index] ?? 0);
  sheet.ensureRoom(headHeight + roomFor(0));
  drawHead(sheet, columns, places);
  rows.forEach((row, index) => {
    const height = heights[index] ?? 0;
    if (roomFor(index) > sheet.room) {
      sheet.ensureRoom(roomFor(index));
      drawHead(sheet, columns, places);
    }
    drawRow(sheet, columns, places, row);
    sheet.y += height;
    if (index < rows.length - 1) sheet.line(sheet.left, sheet.y, sheet.width);
  });
}

/** Height that the table takes on one page, with the gap above it. */
export function measureTable(sheet: Sheet, table: Table): number {
  const places = placeColumns(sheet, table);
  const heights = table.rows.map((row) => rowHeight(sheet, table.columns, places, row));
  return heights.reduce((sum, height) => sum + height, gap.section + headHeight);
}

/** Width of the widest text of a column, its title among them. */
export function widestIn(sheet: Sheet, { columns, rows }: Table, index: number): number {
  const column = columns[index];
  if (column === undefined) return 0;
  const widths = rows.map((row) => {
    const cell = cellAt(row, index);
    return sheet.widthOf(cell.text, cellStyle(column, cell)) + indentOf(cell);
  });
  // A little more than measured, so that rounding never breaks the widest text.
  return Math.max(sheet.widthOf(column.title, titleStyle(column)), ...widths) + 0.5;
}

interface Place {
  readonly x: number;
  readonly width: number;
}

function placeColumns(sheet: Sheet, table: Table): readonly Place[] {
  const { columns } = table;
  const gaps = columns.map((column, index) => (index === 0 ? 0 : (column.gapBefore ?? gap.column)));
  const fitted = columns.map(({ share }, index) =>
    share === undefined ? Math.min(widestIn(sheet, table, index), sheet.width / 4) : 0,
  );
  const left = sheet.width - sum(gaps) - sum(fitted);
  const shares = sum(columns.map(({ share }) => share ?? 0));
  let x = sheet.left;
  return columns.map(({ share }, index) => {
    const width = share === undefined ? (fitted[index] ?? 0) : (left * share) / shares;
    x += gaps[index] ?? 0;
    const place = { x, width };
    x += width;
    return place;
  });
}

function sum(lengths: readonly number[]): number {
  return lengths.reduce((total, length) => total + length, 0);
}

function drawHead(sheet: Sheet, columns: readonly Column[], places: readonly Place[]): void {
  columns.forEach((column, index) => {
    const style = titleStyle(column);
    const y = sheet.y + type.section.lineHeight - type[style].lineHeight;
    sheet.write(column.title, { ...placeAt(places, index), y, style, ink: column.heading === true ? 'text' : 'quiet' });
  });
  sheet.y += headHeight;
  sheet.line(sheet.left, sheet.y, sheet.width, 'quiet');
}

function drawRow(sheet: Sheet, columns: readonly Column[], places: readonly Place[], row: Row): void {
  columns.forEach((column, index) => {
    const cell = cellAt(row, index);
    const { x, width } = placeAt(places, index);
    const style = cellStyle(column, cell);
    const indent = indentOf(cell);
    const y = sheet.y + sheet.rowGap;
    const color = cell.ink ?? 'text';
    if (cell.sign) sheet.sign(cell.sign, x + 3.2, y + type[style].lineHeight / 2 - 0.3, 3.2, color);
    sheet.write(cell.text, { x: x + indent, y, width: width - indent, style, ink: color });
  });
}

function rowHeight(sheet: Sheet, columns: readonly Column[], places: readonly Place[], row: Row): number {
  const heights = columns.map((column, index) => {
    const cell = cellAt(row, index);
    return sheet.measure(cell.text, placeAt(places, index).width - indentOf(cell), cellStyle(column, cell));
  });
  return Math.max(...heights) + 2 * sheet.rowGap;
}

function titleStyle({ heading }: Column): TypeStyle {
  return heading === true ? 'section' : 'label';
}

function cellStyle(column: Column, cell: Cell): TypeStyle {
  return cell.style ?? column.style ?? 'cell';
}

function indentOf({ sign }: Cell): number {
  return sign === undefined ? 0 : signRoom;
}

function placeAt(places: readonly Place[], index: number): Place {
  return places[index] ?? { x: 0, width: 0 };
}

function cellAt(row: Row, index: number): Cell {
  const cell = row[index] ?? '';
  return typeof cell === 'string' ? { text: cell } : cell;
}
