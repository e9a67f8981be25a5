import type { scanErrors } from '../../../contract/error-code/scan.ts';
import type { Words } from '../words.ts';
import type { RefusalTable } from './refusal-table.ts';

const scanAgain: Words = {
  en: 'Nothing was taken from it. Scan it again, or type what the label says.',
  de: 'Nichts davon wurde übernommen. Scannen Sie noch einmal, oder tippen Sie, was auf dem Etikett steht.',
};

export const scanRefusals = {
  'scan.element-invalid': {
    title: { en: 'A part of the code cannot be read', de: 'Ein Teil des Codes ist nicht lesbar' },
    next: scanAgain,
  },
  'scan.check-digit-wrong': {
    title: {
      en: 'The code was misread or is misprinted',
      de: 'Der Code wurde falsch gelesen oder ist falsch gedruckt',
    },
    next: scanAgain,
  },
  'scan.date-invalid': {
    title: { en: 'The code names a day that does not exist', de: 'Der Code nennt einen Tag, den es nicht gibt' },
    next: scanAgain,
  },
  'scan.contradictory': {
    title: { en: 'The code contradicts itself', de: 'Der Code widerspricht sich' },
    next: scanAgain,
  },
  'scan.hibc-invalid': {
    title: { en: 'The HIBC code is not formed like one', de: 'Der HIBC-Code hat nicht die richtige Form' },
    next: scanAgain,
  },
} as const satisfies RefusalTable<keyof typeof scanErrors>;
