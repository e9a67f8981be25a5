import type { WordTable } from '../words/words.ts';

/** What the rail, the help and the place itself call it; apart from the words of each place, which come with its screen. */
export const placeTitles = {
  bench: { en: 'Bench', de: 'Werkbank' },
  bundles: { en: 'Bundles', de: 'Bundles' },
  approvals: { en: 'Approvals', de: 'Freigaben' },
  history: { en: 'History', de: 'Verlauf' },
  reports: { en: 'Reports', de: 'Berichte' },
  audit: { en: 'Audit log', de: 'Audit-Protokoll' },
  operators: { en: 'Operators', de: 'Operatoren' },
  policy: { en: 'Policy', de: 'Richtlinie' },
  trust: { en: 'Trust', de: 'Vertrauen' },
  settings: { en: 'Settings', de: 'Einstellungen' },
  about: { en: 'About', de: 'Über Drydock' },
} as const satisfies WordTable;
