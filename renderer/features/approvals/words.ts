import type { WordTable } from '../../words/words.ts';

export const approvalsWords = {
  title: { en: 'Approvals', de: 'Freigaben' },
  empty: { en: 'No approvals yet', de: 'Noch keine Freigaben' },
  emptyText: {
    en: 'Bundles that wait for a signature stand here, and every approval that was signed, with its meaning and its end.',
    de: 'Hier stehen Bundles, die auf eine Unterschrift warten, und jede unterschriebene Freigabe mit ihrer Bedeutung und ihrem Ende.',
  },
} as const satisfies WordTable;
