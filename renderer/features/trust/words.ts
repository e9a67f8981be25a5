import type { WordTable } from '../../words/words.ts';

export const trustWords = {
  title: { en: 'Trust', de: 'Vertrauen' },
  empty: { en: 'Nothing trusted is shown yet', de: 'Noch wird nichts Vertrautes gezeigt' },
  emptyText: {
    en: 'The roots and keys that bundles must be signed with stand here, with revocation lists and the station’s clock.',
    de: 'Hier stehen die Wurzeln und Schlüssel, mit denen Bundles unterschrieben sein müssen, dazu Sperrlisten und die Uhr der Station.',
  },
} as const satisfies WordTable;
