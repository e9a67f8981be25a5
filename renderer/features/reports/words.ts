import type { WordTable } from '../../words/words.ts';

export const reportsWords = {
  title: { en: 'Reports', de: 'Berichte' },
  empty: { en: 'No reports yet', de: 'Noch keine Berichte' },
  emptyText: {
    en: 'When an update has ended, its signed report can be exported here: a PDF for people, JSON and CSV for machines.',
    de: 'Ist eine Aktualisierung beendet, lässt sich hier ihr unterschriebener Bericht ausgeben: PDF für Menschen, JSON und CSV für Maschinen.',
  },
} as const satisfies WordTable;
