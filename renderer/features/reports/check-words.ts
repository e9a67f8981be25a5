import type { ReportCheckName } from '../../../contract/schema/report.ts';
import type { Words } from '../../words/words.ts';

/** What each check of a report looks at. */
export const checkWords = {
  json: { en: 'Readable', de: 'Lesbar' },
  schema: { en: 'Form', de: 'Form' },
  'canonical-form': { en: 'Unchanged spelling', de: 'Unveränderte Schreibweise' },
  'station-signature': { en: 'Station’s signature', de: 'Unterschrift der Station' },
  'station-key': { en: 'Station’s key', de: 'Schlüssel der Station' },
  checkpoint: { en: 'Head of the log', de: 'Kopf des Protokolls' },
  events: { en: 'Events', de: 'Ereignisse' },
  inclusion: { en: 'Events are in the log', de: 'Ereignisse stehen im Protokoll' },
  job: { en: 'Course of the update', de: 'Verlauf der Aktualisierung' },
  bundle: { en: 'Bundle', de: 'Bundle' },
  versions: { en: 'Versions', de: 'Versionen' },
  approvals: { en: 'Approvals', de: 'Freigaben' },
  policy: { en: 'Policy', de: 'Richtlinie' },
  'executed-by': { en: 'Who carried it out', de: 'Wer sie ausführte' },
  conclusion: { en: 'Conclusion', de: 'Ergebnis' },
  pdf: { en: 'PDF', de: 'PDF' },
  csv: { en: 'Table (CSV)', de: 'Tabelle (CSV)' },
} as const satisfies Readonly<Record<ReportCheckName, Words>>;
