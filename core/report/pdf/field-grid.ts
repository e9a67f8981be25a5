import { gap, type TypeStyle } from './paper.ts';
import type { Sheet } from './sheet.ts';

export interface Field {
  readonly label: string;
  /** Null is printed as a dash: asked for, and not there. */
  readonly value: string | null;
  readonly style?: TypeStyle;
  /** Takes the whole width instead of one half. */
  readonly wide?: boolean;
}

const labelWidth = 60;
const columnGap = 14;

/** Label and value pairs, two beside each other, in the same hairlines as the tables. */
export function drawFields(sheet: Sheet, fields: readonly Field[]): void {
  const columnWidth = (sheet.width - columnGap) / 2;
  sheet.line(sheet.left, sheet.y, sheet.width, 'quiet');
  const lines = pairUp(fields);
  lines.forEach((line, index) => {
    const height = Math.max(...line.map((field) => fieldHeight(sheet, field, columnWidth)));
    sheet.ensureRoom(height);
    line.forEach((field, column) => {
      const x = sheet.left + column * (columnWidth + columnGap);
      const y = sheet.y + gap.row;
      sheet.write(field.label, { x, y, width: labelWidth, style: 'label', ink: 'quiet' });
      sheet.write(field.value ?? '—', {
        x: x + labelWidth,
        y,
        width: valueWidth(sheet, field, columnWidth),
        style: field.style ?? 'cell',
        ink: field.value === null ? 'quiet' : 'text',
      });
    });
    sheet.y += height;
    if (index < lines.length - 1) sheet.line(sheet.left, sheet.y, sheet.width);
  });
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

function fieldHeight(sheet: Sheet, field: Field, columnWidth: number): number {
  const width = valueWidth(sheet, field, columnWidth);
  return sheet.measure(field.value ?? '—', width, field.style ?? 'cell') + 2 * gap.row;
}

function valueWidth(sheet: Sheet, field: Field, columnWidth: number): number {
  return (field.wide ? sheet.width : columnWidth) - labelWidth;
}
