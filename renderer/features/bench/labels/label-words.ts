import type { WordTable } from '../../../words/words.ts';

export const labelWords = {
  print: {
    en: { one: 'Print label', other: 'Print {count} labels' },
    de: { one: 'Etikett drucken', other: '{count} Etiketten drucken' },
  },
  printSheet: { en: 'Print on an A4 sheet', de: 'Auf einen A4-Bogen drucken' },
  printed: {
    en: { one: '{count} label went to the printer.', other: '{count} labels went to the printer.' },
    de: { one: '{count} Etikett ging an den Drucker.', other: '{count} Etiketten gingen an den Drucker.' },
  },
  versions: { en: '{before} → {after}', de: '{before} → {after}' },
  counter: { en: 'version {counter}', de: 'Version {counter}' },
  notKnown: { en: 'not known', de: 'unbekannt' },
  noSerial: { en: 'No serial number', de: 'Ohne Seriennummer' },
  workOrder: { en: 'Work order {workOrder}', de: 'Arbeitsauftrag {workOrder}' },
  assetTag: { en: 'Asset tag {assetTag}', de: 'Inventarnr. {assetTag}' },
  training: { en: 'TRAINING', de: 'ÜBUNG' },
} as const satisfies WordTable;
