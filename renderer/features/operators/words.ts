import type { WordTable } from '../../words/words.ts';

export const operatorsWords = {
  title: { en: 'Operators', de: 'Operatoren' },
  empty: { en: 'No accounts are shown yet', de: 'Noch werden keine Konten gezeigt' },
  emptyText: {
    en: 'Everyone who works here has an account of their own. Keep two administrators: one unlocks the other.',
    de: 'Wer hier arbeitet, hat ein eigenes Konto. Halten Sie zwei Administratoren: Einer entsperrt den anderen.',
  },
} as const satisfies WordTable;
