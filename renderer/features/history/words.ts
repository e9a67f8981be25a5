import type { WordTable } from '../../words/words.ts';

export const historyWords = {
  title: { en: 'History', de: 'Verlauf' },
  empty: { en: 'No updates yet', de: 'Noch keine Aktualisierungen' },
  emptyText: {
    en: 'Every update of every unit stands here, also the refused ones, with each check and each self-test.',
    de: 'Hier steht jede Aktualisierung jedes Geräts, auch jede abgelehnte, mit allen Prüfungen und Selbsttests.',
  },
} as const satisfies WordTable;
