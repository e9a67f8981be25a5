/** Paper, ink and type of the printed report. Lengths in PostScript points; no colour or size stands anywhere else. */

export type PaperSize = 'A4' | 'Letter';

export const margin = { left: 56, right: 56, top: 56, bottom: 42 } as const;

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

export const type = {
  title: { font: 'sansSemiBold', size: 16.5, lineHeight: 22 },
  lead: { font: 'sansSemiBold', size: 10, lineHeight: 13.6 },
  body: { font: 'sans', size: 9, lineHeight: 12.5 },
  section: { font: 'sansSemiBold', size: 9.5, lineHeight: 12.5 },
  cell: { font: 'sans', size: 8, lineHeight: 10.2 },
  strong: { font: 'sansSemiBold', size: 8, lineHeight: 10.2 },
  code: { font: 'mono', size: 7, lineHeight: 10.2 },
  label: { font: 'sans', size: 7.5, lineHeight: 10.2 },
  small: { font: 'sans', size: 7, lineHeight: 9.5 },
} as const;

export type TypeStyle = keyof typeof type;
export type Ink = keyof typeof ink;

/** Vertical room: above a section, and around a table's row. */
export const gap = { section: 9.5, afterHeading: 2, row: 1.2, column: 10 } as const;
