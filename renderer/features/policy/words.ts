import type { WordTable } from '../../words/words.ts';

export const policyWords = {
  title: { en: 'Policy', de: 'Richtlinie' },
  empty: { en: 'No policy is shown yet', de: 'Noch wird keine Richtlinie gezeigt' },
  emptyText: {
    en: 'The policy says who may approve, how many must, when updates may run, and what a unit has to prove.',
    de: 'Die Richtlinie sagt, wer freigeben darf, wie viele es müssen, wann aktualisiert werden darf und was ein Gerät beweisen muss.',
  },
} as const satisfies WordTable;
