/** The window's own icons: 20 × 20, one stroke of 1.6 with round ends, no fill. */
export const iconPaths = {
  // States
  idle: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM7 10h6',
  ready: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM8.5 7l4.5 3-4.5 3Z',
  working: 'M10 3a7 7 0 1 1-7 7M10 3 7.5 1M10 3 7.8 5.4M10 7v3l2 2',
  'needs-you': 'M10 3 18 17H2ZM10 8v4M10 14.6v.1',
  refused: 'M6.8 2.5h6.4l4.3 4.3v6.4l-4.3 4.3H6.8l-4.3-4.3V6.8ZM7.2 7.2l5.6 5.6M12.8 7.2l-5.6 5.6',
  confirmed: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM6.6 10.2l2.4 2.4 4.4-5',
  reverted: 'M4 8h8a4 4 0 0 1 0 8H8M7 4.5 3.5 8 7 11.5',
  indeterminate: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM8 8a2 2 0 1 1 2.6 1.9c-.5.2-.6.6-.6 1.1v.4M10 13.9v.1',
  // Places of the rail
  bench: 'M2.5 7h15v6h-15ZM5.5 10h.1M9 10h5.5M4.5 13v3M15.5 13v3',
  bundles: 'M3 6.5 10 3l7 3.5v7L10 17l-7-3.5ZM3 6.5l7 3.5 7-3.5M10 10v7',
  approvals: 'M3 16.5h14M4.5 13.5 5 11l7.5-7.5 2.5 2.5L7.5 13l-3 .5Z',
  history: 'M10 4a6 6 0 1 1-5.6 8M4 4v4h4M10 7v3.2l2.2 1.6',
  reports: 'M5 2.5h7l3.5 3.5v11.5H5ZM12 2.5V6h3.5M7.5 10h5.5M7.5 13.5h5.5',
  audit: 'M4 4h3v3H4ZM4 13h3v3H4ZM13 8.5h3v3h-3ZM7 5.5h2.5v9H7M9.5 10H13',
  operators:
    'M7.5 9a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM2.5 16.5c0-3 2.2-4.8 5-4.8s5 1.8 5 4.8M13 4a2.6 2.6 0 0 1 0 5M14.5 12c1.9.6 3 2.2 3 4.5',
  policy: 'M10 2.5v15M6 17.5h8M4 6l6-1.5L16 6M4 6l-2 5.5h4ZM16 6l-2 5.5h4Z',
  trust: 'M10 2.5 16.5 5v4.5c0 4-2.6 6.7-6.5 8-3.9-1.3-6.5-4-6.5-8V5ZM7 9.8l2.2 2.2L13 8',
  settings: 'M3 6h7M14 6h3M12 4v4M3 14h3M10 14h7M8 12v4',
  about: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM10 9.2V13.5M10 6.6v.1',
  // Actions and marks of the frame
  lock: 'M5 9h10v8H5ZM7 9V6.5a3 3 0 0 1 6 0V9M10 12v2',
  operator: 'M10 9.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM4 17c0-3.2 2.6-5 6-5s6 1.8 6 5',
  clock: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM10 6v4.2l2.8 1.8',
  offline: 'M3 3l14 14M4.5 9.2a8.4 8.4 0 0 1 3-1.9M15.5 9.2a8.3 8.3 0 0 0-4.2-2.2M7 12a4.6 4.6 0 0 1 3-1.2M10 15v.1',
  display: 'M3 4h14v9.5H3ZM7 17h6M10 13.5V17',
  help: 'M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14ZM8 8a2 2 0 1 1 2.6 1.9c-.5.2-.6.6-.6 1.1v.4M10 13.9v.1',
  close: 'M5 5l10 10M15 5 5 15',
  copy: 'M7 7h9.5v9.5H7ZM13 7V3.5H3.5V13H7',
  shown:
    'M2 10c2-3.7 4.7-5.5 8-5.5s6 1.8 8 5.5c-2 3.7-4.7 5.5-8 5.5S4 13.7 2 10ZM10 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  hidden:
    'M3 3l14 14M8 4.8A8 8 0 0 1 10 4.5c3.3 0 6 1.8 8 5.5a13 13 0 0 1-2.2 3M12.5 15a8 8 0 0 1-2.500.5c-3.3 0-6-1.8-8-5.5a13 13 0 0 1 3.6-4.1M8.3 8.3a2.5 2.5 0 0 0 3.4 3.4',
  folder: 'M2.5 5h5l2 2.5h8V16h-15Z',
  training: 'M10 4 18.5 8 10 12 1.5 8ZM5 10v4c1.5 1.3 3 2 5 2s3.5-.7 5-2v-4',
  station: 'M3 4h14v8H3ZM6 16h8M10 12v4M6 8h3M12 8h2',
  next: 'M4 10h12M11.5 5.5 16 10l-4.5 4.5',
  todo: 'M10 4a6 6 0 1 1 0 12 6 6 0 0 1 0-12Z',
} as const;

export type IconName = keyof typeof iconPaths;
