import type { Words } from '../words.ts';
import type { RefusalTable } from './refusal-table.ts';

const changed: Words = {
  en: 'The report was changed, or this station never wrote it so',
  de: 'Der Bericht wurde verändert, oder diese Station hat ihn nie so geschrieben',
};
const doNotRely: Words = {
  en: 'Do not rely on it. Ask the station’s owner to write the report again, and compare.',
  de: 'Verlassen Sie sich nicht darauf. Lassen Sie den Bericht von der Station neu schreiben, und vergleichen Sie.',
};
const noReport: Words = { en: 'The file is no report of Drydock', de: 'Die Datei ist kein Bericht von Drydock' };
const chooseJson: Words = {
  en: 'Choose the file of the report that ends in .json.',
  de: 'Wählen Sie die Datei des Berichts, die auf .json endet.',
};

/** Reports that do not verify, and ones that cannot be written. */
export const reportRefusals = {
  'report.json-invalid': { title: noReport, next: chooseJson },
  'report.schema-invalid': { title: noReport, next: chooseJson },
  'report.not-canonical': { title: changed, next: doNotRely },
  'report.signature-invalid': { title: changed, next: doNotRely },
  'report.key-not-trusted': {
    title: { en: 'Another station signed this report', de: 'Eine andere Station hat diesen Bericht unterschrieben' },
    next: {
      en: 'If you expect that, say whose key it must be, and verify again. If not, do not rely on it.',
      de: 'Wenn Sie das erwarten, sagen Sie, wessen Schlüssel es sein muss, und prüfen Sie noch einmal. Wenn nicht, verlassen Sie sich nicht darauf.',
    },
  },
  'report.checkpoint-invalid': { title: changed, next: doNotRely },
  'report.event-invalid': { title: changed, next: doNotRely },
  'report.proof-invalid': { title: changed, next: doNotRely },
  'report.job-differs': { title: changed, next: doNotRely },
  'report.bundle-differs': { title: changed, next: doNotRely },
  'report.conclusion-differs': { title: changed, next: doNotRely },
  'report.pdf-invalid': { title: changed, next: doNotRely },
  'report.csv-invalid': { title: changed, next: doNotRely },
  'report.file-exists': {
    title: { en: 'Another file has this name already', de: 'Eine andere Datei heißt schon so' },
    next: {
      en: 'Nothing was written. Choose another folder.',
      de: 'Nichts wurde geschrieben. Wählen Sie einen anderen Ordner.',
    },
  },
  'report.period-invalid': {
    title: { en: 'There is no such period', de: 'Einen solchen Zeitraum gibt es nicht' },
    next: { en: 'Nothing was written. Choose other days.', de: 'Nichts wurde geschrieben. Wählen Sie andere Tage.' },
  },
  'report.period-too-large': {
    title: {
      en: 'The period has too many updates for one report',
      de: 'Der Zeitraum hat zu viele Aktualisierungen für einen Bericht',
    },
    next: {
      en: 'Nothing was written. Choose half of the days.',
      de: 'Nichts wurde geschrieben. Wählen Sie die Hälfte der Tage.',
    },
  },
} as const satisfies RefusalTable;
