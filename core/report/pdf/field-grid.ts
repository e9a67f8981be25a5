import type { TypeStyle } from './paper.ts';
import type { Sheet } from './sheet.ts';

export interface Field {
  readonly label: string;
  /** Null is printed as a dash: asked for, and not there. */
  readonly value: string | null;
  readonly style?: TypeStyle;
  /** Takes the whole width instead of one column. */
  readonly wide?: boolean;
}

interface PlacedField extends Field {
  readonly x: number;
  /** Width of label and value together. */
  readonly width: number;
}

const labelWidth = 60;
const columnGap = 14;

/** The left column is the wider one: names and periods stand there. */
const leftShare = 0.58;

/** Label and value pairs, two beside each other, in the same hairlines as the tables. */
export function drawFields(sheet: Sheet, fields: readonly Field[]): void {
  sheet.line(sheet.left, sheet.y, sheet.width, 'quiet');
  const lines = pairUp(fields);
  lines.forEach((line, index) => {
    const placed = placeFields(sheet, line);
    const height = Math.max(...placed.map((field) => fieldHeight(sheet, field)));
    sheet.ensureRoom(height);
    for (const field of placed) drawField(sheet, field);
    sheet.y += height;
    if (index < lines.length - 1) sheet.line(sheet.left, sheet.y, sheet.width);
  });
}

/** Height that the fields take on one page. */
export function measureFields(sheet: Sheet, fields: readonly Field[]): number {
  return pairUp(fields)
    .map((line) => Math.max(...placeFields(sheet, line).map((field) => fieldHeight(sheet, field))))
    .reduce((sum, height) => sum + height, 0);
}

function pairUp(fields: readonly Field[]): readonly (readonly Field[])[] {
  const lines: Field[][] = [];
  for (const field of fields) {
    const last = lines.at(-1);
    if (!field.wide && last?.length === 1 && !last[0]?.wide) last.push(field);
    else lines.push([field]);
  }
  return lines;
}

function placeFields(sheet: Sheet, line: readonly Field[]): readonly PlacedField[] {
  const leftWidth = (sheet.width - columnGap) * leftShare;
  return line.map((field, column) => {
    if (field.wide) return { ...field, x: sheet.left, width: sheet.width };
    if (column === 0) return { ...field, x: sheet.left, width: leftWidth };
    return { ...field, x: sheet.left + leftWidth + columnGap, width: sheet.width - leftWidth - columnGap };
  });
}

function drawField(sheet: Sheet, { label, style, value, width, x }: PlacedField): void {
  const y = sheet.y + sheet.rowGap;
  sheet.write(label, { x, y, width: labelWidth, style: 'label', ink: 'quiet' });
  sheet.write(value ?? '—', {
    x: x + labelWidth,
    y,
    width: width - labelWidth,
    style: style ?? 'cell',
    ink: value === null ? 'quiet' : 'text',
  });
}

function fieldHeight(sheet: Sheet, { style, value, width }: PlacedField): number {
  return sheet.measure(value ?? '—', width - labelWidth, style ?? 'cell') + 2 * sheet.rowGap;
}
