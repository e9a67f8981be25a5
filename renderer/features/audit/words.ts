import type { WordTable } from '../../words/words.ts';

export const auditWords = {
  title: { en: 'Audit log', de: 'Audit-Protokoll' },
  empty: { en: 'No events are shown yet', de: 'Noch werden keine Ereignisse gezeigt' },
  emptyText: {
    en: 'Every attempt and its result stands in the log, in order, and any change to it would be found.',
    de: 'Im Protokoll steht jeder Versuch mit seinem Ergebnis, der Reihe nach; jede Veränderung daran würde gefunden.',
  },
} as const satisfies WordTable;
