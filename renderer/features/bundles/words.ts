import type { WordTable } from '../../words/words.ts';

export const bundlesWords = {
  title: { en: 'Bundles', de: 'Bundles' },
  empty: { en: 'No bundles yet', de: 'Noch keine Bundles' },
  emptyText: {
    en: 'Every firmware bundle that was imported and verified stands here, with who signed it and down to which root.',
    de: 'Hier steht jedes importierte und geprüfte Firmware-Bundle, mit dem, wer es unterschrieben hat, und bis zu welcher Wurzel.',
  },
} as const satisfies WordTable;
