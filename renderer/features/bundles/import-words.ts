import type { ImportStep } from '../../../contract/schema/bundle-import.ts';
import type { Words, WordTable } from '../../words/words.ts';

/** What is checked of a bundle, as a person reads it. */
export const stepWords = {
  waiting: { en: 'Waiting', de: 'Wartet' },
  archive: { en: 'Archive', de: 'Archiv' },
  signature: { en: 'Signature and chain', de: 'Unterschrift und Kette' },
  manifest: { en: 'Manifest', de: 'Manifest' },
  revocation: { en: 'Revocation', de: 'Sperrung' },
  policy: { en: 'Policy and contents', de: 'Richtlinie und Inhalt' },
  'delta-bases': { en: 'Older images for deltas', de: 'Ältere Images für Deltas' },
  images: { en: 'Images', de: 'Images' },
  documents: { en: 'Documents and SBOM', de: 'Dokumente und SBOM' },
  profiles: { en: 'Device profiles', de: 'Geräteprofile' },
  store: { en: 'Into the store', de: 'In die Ablage' },
} as const satisfies Readonly<Record<ImportStep, Words>>;

export const importWords = {
  imports: { en: 'Imports', de: 'Importe' },
  stepDone: { en: 'passed', de: 'bestanden' },
  stepNow: { en: 'being checked', de: 'wird geprüft' },
  stepFailed: { en: 'ended here', de: 'hier beendet' },
  stepSkipped: { en: 'nothing to check', de: 'nichts zu prüfen' },
  stepToDo: { en: 'to do', de: 'steht aus' },
  checking: { en: 'Being checked: {step}', de: 'Wird geprüft: {step}' },
  waits: { en: 'Waits for the import before it', de: 'Wartet auf den Import davor' },
  imported: { en: 'Imported', de: 'Importiert' },
  present: { en: 'Was here already', de: 'War schon da' },
  refused: { en: 'Not imported', de: 'Nicht importiert' },
  cancelled: { en: 'Cancelled, nothing kept', de: 'Abgebrochen, nichts behalten' },
  took: { en: 'after {time}', de: 'nach {time}' },
  runs: { en: 'for {time}', de: 'seit {time}' },
  untouched: {
    en: 'No unit is touched. You may go elsewhere meanwhile.',
    de: 'Kein Gerät wird berührt. Sie dürfen inzwischen woanders arbeiten.',
  },
  cancel: { en: 'Cancel import', de: 'Import abbrechen' },
  cancelOf: { en: 'Cancel the import of {name}', de: 'Import von {name} abbrechen' },
  open: { en: 'Open bundle', de: 'Bundle öffnen' },
  openOf: { en: 'Open the bundle from {name}', de: 'Bundle aus {name} öffnen' },
  clear: { en: 'Clear ended imports', de: 'Beendete Importe ausblenden' },
} as const satisfies WordTable;
