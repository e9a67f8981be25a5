import type { WordTable } from '../../words/words.ts';

export const aboutWords = {
  title: { en: 'About', de: 'Über Drydock' },
  stationKey: { en: 'Key of this station (SHA-256)', de: 'Schlüssel dieser Station (SHA-256)' },
  keyText: {
    en: 'Reports and the audit log are verified with it. Your auditor should have it on paper.',
    de: 'Mit ihm werden Berichte und das Audit-Protokoll geprüft. Ihre Prüfer sollten ihn auf Papier haben.',
  },
  health: { en: 'Health of the station', de: 'Zustand der Station' },
  looking: { en: 'The station looks at itself …', de: 'Die Station prüft sich selbst …' },
  lookAgain: { en: 'Check again', de: 'Noch einmal prüfen' },
  passed: { en: 'Sound', de: 'In Ordnung' },
  warning: { en: 'Needs attention', de: 'Braucht Aufmerksamkeit' },
  failed: { en: 'Not sound', de: 'Nicht in Ordnung' },
  algorithms: { en: 'Algorithms', de: 'Verfahren' },
  database: { en: 'Database', de: 'Datenbank' },
  audit: { en: 'Audit log', de: 'Audit-Protokoll' },
  clock: { en: 'Clock', de: 'Uhr' },
  usb: { en: 'USB', de: 'USB' },
  disk: { en: 'Disk', de: 'Platte' },
  key: { en: 'Station key', de: 'Stationsschlüssel' },
  versions: { en: 'Versions', de: 'Versionen' },
} as const satisfies WordTable;
