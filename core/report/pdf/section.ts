import { gap, type } from './paper.ts';
import type { Sheet } from './sheet.ts';

/**
 * Begins a section: its heading, kept on one page with at least `followedBy` points of what it heads, and beside it a fact in
 * grey.
 */
export function beginSection(sheet: Sheet, heading: string, followedBy: number, beside = ''): void {
  const height = type.section.lineHeight + gap.afterHeading;
  sheet.y += sheet.atTop ? 0 : gap.section;
  sheet.ensureRoom(height + followedBy);
  sheet.write(heading, { x: sheet.left, y: sheet.y, width: sheet.width, style: 'section' });
  const x = sheet.left + sheet.widthOf(heading, 'section') + gap.column;
  const y = sheet.y + type.section.lineHeight - type.label.lineHeight;
  if (beside !== '') sheet.write(beside, { x, y, width: sheet.left + sheet.width - x, style: 'label', ink: 'quiet' });
  sheet.y += height;
}
