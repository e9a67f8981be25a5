import type { WordTable } from '../../words/words.ts';

export const benchWords = {
  title: { en: 'Bench', de: 'Werkbank' },
  empty: { en: 'No unit on the bench', de: 'Keine Geräte an der Werkbank' },
  emptyText: {
    en: 'Plug in a unit and it stands here within a second, with what it is, what it runs, and whether it can be updated.',
    de: 'Stecken Sie ein Gerät an: Binnen einer Sekunde steht es hier, mit dem, was es ist, was darauf läuft, und ob es sich aktualisieren lässt.',
  },
} as const satisfies WordTable;
