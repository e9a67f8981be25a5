import type { RefusalTable } from './refusal-table.ts';

/** Rules of the station: what a policy document has to be. */
export const policyRefusals = {
  'policy.document-invalid': {
    title: {
      en: 'This is no policy that the station can use',
      de: 'Das ist keine Richtlinie, die die Station benutzen kann',
    },
    next: {
      en: 'Nothing was changed. Correct the fields that are named, and choose the file again.',
      de: 'Nichts wurde geändert. Berichtigen Sie die genannten Felder, und wählen Sie die Datei noch einmal.',
    },
  },
  'policy.draft-changed': {
    title: { en: 'The draft is not the one that was shown', de: 'Der Entwurf ist nicht der, der gezeigt wurde' },
    next: {
      en: 'Nothing was changed. Check the draft again before you sign.',
      de: 'Nichts wurde geändert. Prüfen Sie den Entwurf noch einmal, bevor Sie unterschreiben.',
    },
  },
  'policy.not-installed': {
    title: { en: 'This version never was in force here', de: 'Diese Version war hier nie in Kraft' },
    next: {
      en: 'Choose one of the list of earlier versions.',
      de: 'Wählen Sie eine aus der Liste der früheren Versionen.',
    },
  },
} as const satisfies RefusalTable;
