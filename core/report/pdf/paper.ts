/** Paper, ink and type of the printed report. Lengths in PostScript points; no colour or size stands anywhere else. */

export type PaperSize = 'A4' | 'Letter';

export const margin = { left: 56, right: 56, top: 50, bottom: 38 } as const;

export const ink = {
  text: '#1b1f24',
  quiet: '#59636e',
  hairline: '#c8ced6',
  rule: '#1b1f24',
  green: '#1a6b34',
  red: '#a81f2b',
  amber: '#8a5a00',
  violet: '#5f3dc4',
  grey: '#59636e',
  bandFill: '#ffd666',
  bandText: '#1b1f24',
  stamp: '#d99a00',
} as const;

/** Nothing to be read is below 7.5 pt, digests and commands in mono 7 pt. */
export const type = {
  title: { font: 'sansSemiBold', size: 16, lineHeight: 20 },
  lead: { font: 'sansSemiBold', size: 9.5, lineHeight: 12.6 },
  body: { font: 'sans', size: 8.5, lineHeight: 11.4 },
  section: { font: 'sansSemiBold', size: 9, lineHeight: 11.6 },
  cell: { font: 'sans', size: 8, lineHeight: 9.6 },
  strong: { font: 'sansSemiBold', size: 8, lineHeight: 9.6 },
  code: { font: 'mono', size: 7, lineHeight: 9.6 },
  label: { font: 'sans', size: 7.5, lineHeight: 9.6 },
  small: { font: 'sans', size: 7.5, lineHeight: 9.5 },
} as const;

export type TypeStyle = keyof typeof type;
export type Ink = keyof typeof ink;

/** Room above a section, below its heading, and between columns and stacks. */
export const gap = { section: 7.5, afterHeading: 1.3, column: 10, stack: 16 } as const;

/** Room above and below each row's text; Letter is 18 mm shorter than A4, and a simple job fits on one page of either. */
export const rowGap: Readonly<Record<PaperSize, number>> = { A4: 0.65, Letter: 0.45 };
