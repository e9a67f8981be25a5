import type { reportErrors } from '../../../contract/error-code/report.ts';
import type { Words } from '../words.ts';
import type { RefusalTable, RefusalWords } from './refusal-table.ts';

const doNotRely: Words = {
  en: 'Do not rely on this file. Ask the station that wrote it for the report, and tell your auditor.',
  de: 'Verlassen Sie sich nicht auf diese Datei. Bitten Sie die Station, die sie schrieb, um den Bericht, und sagen Sie es der Prüfstelle.',
};
const noReport: RefusalWords = {
  title: { en: 'This is not a readable report', de: 'Das ist kein lesbarer Bericht' },
  next: doNotRely,
};
const notGenuine: RefusalWords = {
  title: { en: 'The report is not genuine', de: 'Der Bericht ist nicht echt' },
  next: doNotRely,
};
const contradicts: RefusalWords = {
  title: {
    en: 'The report does not match its evidence',
    de: 'Der Bericht stimmt nicht mit seinen Belegen überein',
  },
  next: doNotRely,
};
const otherFile: RefusalWords = {
  title: { en: 'The file beside the report does not belong to it', de: 'Die Datei beim Bericht gehört nicht dazu' },
  next: doNotRely,
};

export const reportRefusals = {
  'report.job-open': {
    title: { en: 'The job has not ended yet', de: 'Der Auftrag ist noch nicht beendet' },
    next: { en: 'Write the report once it has ended.', de: 'Schreiben Sie den Bericht, wenn er beendet ist.' },
  },
  'report.evidence-incomplete': {
    title: {
      en: 'The records do not prove what the report would say',
      de: 'Die Aufzeichnungen belegen nicht, was der Bericht sagen würde',
    },
    next: {
      en: 'Nothing was written. Verify the audit log, and tell an administrator.',
      de: 'Es wurde nichts geschrieben. Prüfen Sie das Audit-Protokoll und sagen Sie es einem Administrator.',
    },
  },
  'report.json-invalid': noReport,
  'report.schema-invalid': noReport,
  'report.not-canonical': noReport,
  'report.signature-invalid': notGenuine,
  'report.key-not-trusted': {
    title: {
      en: 'Another station has signed this report',
      de: 'Diesen Bericht hat eine andere Station unterschrieben',
    },
    next: {
      en: 'Compare the key’s SHA-256 with the one that the station shows under About.',
      de: 'Vergleichen Sie den SHA-256 des Schlüssels mit dem, den die Station unter „Über Drydock“ zeigt.',
    },
  },
  'report.checkpoint-invalid': notGenuine,
  'report.event-invalid': notGenuine,
  'report.proof-invalid': notGenuine,
  'report.job-differs': contradicts,
  'report.bundle-differs': contradicts,
  'report.version-invalid': contradicts,
  'report.approval-invalid': {
    title: { en: 'An approval in the report does not hold', de: 'Eine Freigabe im Bericht hält nicht stand' },
    next: doNotRely,
  },
  'report.policy-not-kept': {
    title: { en: 'The job did not keep to its policy', de: 'Der Auftrag hielt sich nicht an seine Richtlinie' },
    next: doNotRely,
  },
  'report.operator-unknown': contradicts,
  'report.conclusion-differs': contradicts,
  'report.period-invalid': {
    title: { en: 'There is no report for this period', de: 'Für diesen Zeitraum gibt es keinen Bericht' },
    next: {
      en: 'Choose a first day that is not after the last one, and no day in the future.',
      de: 'Wählen Sie einen ersten Tag, der nicht nach dem letzten liegt, und keinen Tag in der Zukunft.',
    },
  },
  'report.period-too-large': {
    title: {
      en: 'The period has more jobs than one report can hold',
      de: 'Der Zeitraum hat mehr Aufträge, als ein Bericht fasst',
    },
    next: {
      en: 'Nothing was written. Choose a shorter period.',
      de: 'Es wurde nichts geschrieben. Wählen Sie einen kürzeren Zeitraum.',
    },
  },
  'report.csv-invalid': otherFile,
  'report.pdf-invalid': otherFile,
} as const satisfies RefusalTable<keyof typeof reportErrors>;
