import type { WordTable } from '../../words/words.ts';

export const aboutWords = {
  title: { en: 'About', de: 'Über Drydock' },
  empty: { en: 'Nothing to tell yet', de: 'Noch nichts zu berichten' },
  emptyText: {
    en: 'Versions, licences and the key of this station will stand here.',
    de: 'Versionen, Lizenzen und der Schlüssel dieser Station werden hier stehen.',
  },
} as const satisfies WordTable;
